"""What this app tells a person of themselves, and how it forgets them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone

from cohorts import (
    joining_personal_data,
    leader_personal_data,
    match_personal_data,
    peer_personal_data,
    roles_personal_data,
    running_personal_data,
    time_personal_data,
)
from cohorts.models import Deputyship, Import, Invitation, Membership, Person, Post
from systemschangers.kernel.personal_data import Farewell, Section, forgets, says, tells

# Their sections come before those below, and forget before a person's posts end.
PARTS = (
    leader_personal_data,
    match_personal_data,
    peer_personal_data,
    running_personal_data,
    time_personal_data,
    joining_personal_data,
    roles_personal_data,
)


@tells
def tell(person: Person) -> Iterator[Section]:
    yield Section("profile", "You", [_profile(person)])
    yield Section("posts", "Your posts", [_post(post) for post in person.posts.for_list()])
    yield Section(
        "cohorts",
        "Your cohorts",
        [
            {
                "cohort": membership.cohort.name,
                "part": membership.get_role_display(),
                "state": membership.get_state_display(),
                "since": membership.joined_at,
                "in that state since": membership.state_at,
                "why you would like to take part": membership.why,
                "how you were answered": membership.answer,
                "answered by": membership.answered_by.name if membership.answered_by else None,
            }
            for membership in person.memberships.select_related("cohort", "answered_by")
        ],
    )
    yield Section("deputies", "Deputies", [_deputyship(d) for d in _deputyships(person)])
    yield Section("invitations", "Invitations", [_invitation(i) for i in _invitations(person)])
    yield Section("signing_in", "How you sign in", _ways_in(person))


@says
def say(person: Person) -> Farewell:
    """Counted, so that the page says exactly what goes."""
    goes = [
        "Your name, your e-mail address and the words about you.",
        "Your sign-in: your account, passkeys and open sessions, everywhere, at once.",
        "Days on which you named a deputy, or are one.",
    ]
    return Farewell(
        goes=goes,
        stays=[
            "Your posts and cohorts, ended today, as those of “Someone who has left”. "
            "They count how many people stay on the frontline.",
        ],
    )


@forgets
def forget(person: Person, at: datetime) -> None:
    """End what the person held, and close every way in. The row itself is emptied last, by the action."""
    today = timezone.localdate(at)
    went_to = getattr(person, "leaves_for", Post.WentTo.UNKNOWN) or Post.WentTo.UNKNOWN
    for post in Post.objects.select_for_update().filter(person=person, ended=None):
        post.end(on=max(today, post.started), went_to=went_to)
        post.save(update_fields=["ended", "went_to"])
    Post.objects.filter(line_manager=person, ended=None).update(line_manager=None)
    Membership.objects.filter(person=person).update(state=Membership.State.WITHDRAWN)
    _deputyships(person).delete()
    Invitation.objects.filter(Q(person=person) | Q(email__iexact=person.email)).delete()
    Import.objects.filter(
        Q(person=person) | Q(text__icontains=person.email) | Q(text__icontains=person.name)
    ).delete()
    _close_ways_in(person)
    person.groups.clear()
    person.user_permissions.clear()


def _close_ways_in(person: Person) -> None:
    keys = set(UserSession.objects.filter(user=person).values_list("session_key", flat=True))
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            keys.add(session.session_key)
    Session.objects.filter(session_key__in=keys).delete()
    for kind in (UserSession, Authenticator, SocialAccount, EmailAddress):
        kind._default_manager.filter(user=person).delete()


def _profile(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "e-mail address": person.email,
        "about your work": person.about,
        "administrator": person.is_staff,
        "joined": person.joined_at,
        "last signed in": person.last_login,
        "e-mail when something is for you": person.hears_by_email,
        "e-mail address shown to people here": person.shows_email,
        "listed where people are looked up": person.listed,
    }


def _post(post: Post) -> dict[str, Any]:
    return {
        "job title": post.title,
        "kind": post.get_kind_display(),
        "service": post.service.name,
        "organisation": post.service.organisation.name,
        "line manager": post.line_manager.name if post.line_manager else None,
        "started": post.started,
        "ended": post.ended,
        "where you went": post.get_went_to_display() or None,
    }


def _deputyships(person: Person):
    return Deputyship.objects.filter(Q(person=person) | Q(deputy=person))


def _deputyship(deputyship: Deputyship) -> dict[str, Any]:
    return {
        "who was away": deputyship.person.name,
        "who decided": deputyship.deputy.name,
        "from": deputyship.starts,
        "to": deputyship.ends,
        "called off": deputyship.called_off_at,
    }


def _invitations(person: Person):
    return Invitation.objects.filter(
        Q(person=person) | Q(invited_by=person) | Q(email__iexact=person.email)
    ).select_related("invited_by")


def _invitation(invitation: Invitation) -> dict[str, Any]:
    return {
        "to": invitation.name,
        "from": invitation.invited_by.name if invitation.invited_by else None,
        "sent": invitation.made_at,
        "accepted": invitation.accepted_at,
    }


def _ways_in(person: Person) -> Iterator[dict[str, Any]]:
    for address in EmailAddress.objects.filter(user=person):
        yield {
            "what": "e-mail address",
            "which": address.email,
            "shown to be yours": address.verified,
        }
    for account in SocialAccount.objects.filter(user=person):
        yield {
            "what": "employer’s sign-in",
            "which": account.provider,
            "since": account.date_joined,
        }
    for key in Authenticator.objects.filter(user=person):
        yield {
            "what": "second way to sign in",
            "which": key.get_type_display(),
            "since": key.created_at,
        }
    for session in UserSession.objects.filter(user=person):
        yield {
            "what": "open session",
            "which": session.user_agent,
            "from address": session.ip,
            "since": session.created_at,
            "last seen": session.last_seen_at,
        }
