"""Check-ins: asked once, reminded once, answered or left unsaid."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from cohorts import check_in_letters, events
from cohorts.check_ins_due import due_for
from cohorts.models import Membership, Person, RoleCheckIn
from cohorts.policy.role_check_ins import may_answer
from systemschangers.kernel import activity, signed_links
from systemschangers.kernel.batches import in_batches
from systemschangers.kernel.lifecycle import WrongState

REMINDED_AFTER = timedelta(days=14)


def ask_and_remind(*, at: datetime) -> int:
    """For the schedule: ask whoever has come so far, and remind once, after a fortnight.

    Run as often as you like: what was asked is a row, and what was reminded stands on it.
    Returns how many were asked or reminded."""
    asked = sum(
        in_batches(due_for(moment, at), at, partial(_ask, moment)) for moment in RoleCheckIn.Moment
    )
    waiting = RoleCheckIn.objects.waiting(at).filter(
        reminded_at=None,
        asked_at__lte=at - REMINDED_AFTER,
        membership__person__is_active=True,
    )
    return asked + in_batches(waiting.for_detail().order_by("asked_at", "pk"), at, _remind)


@transaction.atomic
def answer(
    *,
    check_in: RoleCheckIn,
    where: str,
    in_a_year: str,
    words: str,
    may_show: bool,
    at: datetime,
    by: Person | None = None,
    token: str = "",
) -> RoleCheckIn:
    """Told by the person, signed in or with the link in their letter, which is the permission then.

    Said again while it is open, it takes the place of what was said. Raises WrongState once it is too
    long ago, LinkRefused for a link that does not do this."""
    RoleCheckIn.objects.select_for_update().only("pk").get(pk=check_in.pk)
    check_in = RoleCheckIn.objects.for_detail().get(pk=check_in.pk)
    if token:
        link = signed_links.use(token, (check_in_letters.ANSWER,), at=at)
        if link.target_id != check_in.pk:
            raise signed_links.LinkRefused("other purpose", link)
        by = check_in.membership.person
    elif by is None:
        raise ValueError("An answer is somebody’s: by an account, or by a link")
    else:
        may_answer(by, check_in).require()
        signed_links.call_off(check_in, at=at, purposes=(check_in_letters.ANSWER,))
    if not check_in.is_open(at):
        raise WrongState(
            "This was asked too long ago. The next time you are asked, you can answer."
        )
    check_in.tell(where=where, in_a_year=in_a_year, words=words, may_show=may_show, at=at)
    check_in.save()
    activity.record(events.CHECK_IN_ANSWERED, actor=by, target=check_in, at=at)
    return check_in


def _ask(moment: int, places: list[Membership], at: datetime) -> None:
    for place in places:
        row, made = RoleCheckIn.objects.get_or_create(
            membership=place, moment=moment, defaults={"asked_at": at}
        )
        if made:
            _tell(events.CHECK_IN_ASKED, row, place.person, at)


def _remind(rows: list[RoleCheckIn], at: datetime) -> None:
    for row in rows:
        row.reminded_at = at
        row.save(update_fields=["reminded_at"])
        _tell(events.CHECK_IN_REMINDED, row, row.membership.person, at)


def _tell(verb: str, row: RoleCheckIn, person: Person, at: datetime) -> None:
    """On the page by the event; by letter with a link of its own, for who wants letters."""
    activity.record(verb, actor=None, target=row, at=at, notify=[person])
    check_in_letters.ask(row, again=verb == events.CHECK_IN_REMINDED, at=at)
