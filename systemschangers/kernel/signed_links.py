"""Signed links: one named person, one purpose, once, for a while, without an account.

    token = signed_links.issue("leader_answer", request, email=…, name=…, at=at)   # into a letter
    link = signed_links.look(token, ("leader_answer",), at=now)    # GET: shows, never decides
    link = signed_links.use(token, ("leader_answer",), at=now)     # POST: in the action's transaction

`look` and `use` raise LinkRefused, whose text is a page in words. Only a hash of the token is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction

from systemschangers.kernel.models import SignedLink

GOOD_FOR = timedelta(days=30)
WHY_NOT = {
    "unknown": "We don’t know this link. Open it from the newest e-mail we sent you.",
    "used": "This link has been used. It works once, so that nobody can answer twice.",
    "called off": "This link no longer works, because things have moved on since we sent it.",
    "expired": "This link has run out.",
    "other purpose": "This link is for something else. Open it from the e-mail it came in.",
}


class LinkRefused(Exception):
    """The link does not do this. `state` is a key of WHY_NOT; `link` is None when it is unknown."""

    def __init__(self, state: str, link: SignedLink | None = None) -> None:
        super().__init__(WHY_NOT[state])
        self.state, self.link = state, link


def issue(
    purpose: str,
    target: models.Model,
    *,
    email: str,
    name: str,
    at: datetime,
    person: Any = None,
    good_for: timedelta = GOOD_FOR,
) -> str:
    """The token of a new link; it is returned this once. Earlier links of the same purpose to the
    same thing stop working: only the newest letter's does."""
    whom = {"email": email, "name": name, "person": person}
    return issue_each(purpose, [(target, whom)], at=at, good_for=good_for)[0]


def issue_each(
    purpose: str,
    targets: Sequence[tuple[models.Model, Mapping[str, Any]]],
    *,
    at: datetime,
    good_for: timedelta = GOOD_FOR,
    beside_others: bool = False,
) -> list[str]:
    """`issue` for many things of one kind at once, each with whom it is for (`email`, `name`,
    `person`): the tokens, in their order. Two queries however many. `beside_others`: what several may
    open at the same time; earlier links of the same addresses alone stop working."""
    if not targets:
        return []
    kind = targets[0][0]._meta.label_lower
    earlier = _open(kind, [target.pk for target, _ in targets], (purpose,))
    if beside_others:
        earlier = earlier.filter(email__in=[whom["email"] for _, whom in targets])
    earlier.update(called_off_at=at)
    links = [
        SignedLink(
            purpose=purpose,
            target_type=kind,
            target_id=target.pk,
            made_at=at,
            expires_at=at + good_for,
            **whom,
        )
        for target, whom in targets
    ]
    tokens = [link.draw_token() for link in links]
    SignedLink.objects.bulk_create(links)
    return tokens


def call_off(target: models.Model, *, at: datetime, purposes: Collection[str] = ()) -> int:
    """End the open links to `target`, those of `purposes` alone when given. How many there were."""
    return _open(target._meta.label_lower, [target.pk], purposes).update(called_off_at=at)


def _open(kind: str, targets: list[Any], purposes: Collection[str]) -> models.QuerySet[SignedLink]:
    links = SignedLink.objects.filter(
        target_type=kind, target_id__in=targets, used_at=None, called_off_at=None
    )
    return links.filter(purpose__in=purposes) if purposes else links


def forget(person: Any) -> int:
    """Delete every link that was made for a person, used or not, by account or by address."""
    theirs = models.Q(person=person) | models.Q(email__iexact=person.email)
    return SignedLink.objects.filter(theirs).delete()[0]


def look(token: str, purposes: Collection[str], *, at: datetime) -> SignedLink:
    """The link, if it can be used for one of `purposes`. Changes nothing. Raises LinkRefused."""
    return _checked(SignedLink.objects.by_token(token).first(), purposes, at)


def use(token: str, purposes: Collection[str], *, at: datetime) -> SignedLink:
    """Use the link up, in the caller's transaction: what it is for and its end stand or fall together.

    Of two presses at once the second waits, and is then refused. Raises LinkRefused."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A signed link is used inside the transaction of what it does")
    found = SignedLink.objects.by_token(token).select_for_update().first()
    link = _checked(found, purposes, at)
    link.used_at = at
    link.save(update_fields=["used_at"])
    return link


def _checked(link: SignedLink | None, purposes: Collection[str], at: datetime) -> SignedLink:
    if link is None:
        raise LinkRefused("unknown")
    if link.purpose not in purposes:
        raise LinkRefused("other purpose", link)
    if link.used_at:
        raise LinkRefused("used", link)
    if link.called_off_at:
        raise LinkRefused("called off", link)
    if link.expires_at <= at:
        raise LinkRefused("expired", link)
    return link
