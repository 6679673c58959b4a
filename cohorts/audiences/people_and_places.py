"""Deputies, invitations, posts and members: who hears, and in what words."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from cohorts import events
from cohorts.models import Deputyship, Invitation, Membership, Person, Post
from systemschangers.kernel.models import Event
from systemschangers.kernel.notices import Notice, register


def deputyship_named(deputyship: Deputyship) -> list[Person]:
    """The deputy: they decide from that day, so they must know."""
    return [deputyship.deputy]


def deputyship_called_off(deputyship: Deputyship) -> list[Person]:
    return [deputyship.deputy]


def invitation_accepted(invitation: Invitation) -> list[Person]:
    """Who invited, and the line manager: somebody has arrived."""
    people = (invitation.invited_by, invitation.line_manager)
    return [person for person in people if person is not None and person.is_active]


def post_changed(post: Post) -> list[Person]:
    """Whose post it is: it decides who their manager is and who sees what they share."""
    return [post.person]


def membership_added(membership: Membership) -> list[Person]:
    return [membership.person]


def _days(event: Event) -> str:
    first, last = event.thing.starts, event.thing.ends  # type: ignore[attr-defined]
    if first == last:
        return f"on {first.day} {first:%B}"
    return f"from {first.day} {first:%B} to {last.day} {last:%B}"


def _days_are_over(event: Event) -> bool:
    days: Any = event.thing
    return days.called_off_at is not None or days.ends < timezone.localdate(event.told_at)


def _deputies(event: Event) -> str:
    return reverse("cohorts:deputyships")


def _me(event: Event) -> str:
    return reverse("cohorts:me")


register(
    Notice(
        events.DEPUTY_NAMED,
        words=lambda event: f"{event.who} has named you as deputy {_days(event)}.",
        url=_deputies,
        action="See what you decide",
        over=_days_are_over,
    ),
    Notice(
        events.DEPUTY_CALLED_OFF,
        words=lambda event: f"{event.who} no longer needs you as deputy {_days(event)}.",
        url=_deputies,
        action="See your deputies page",
    ),
    Notice(
        events.INVITATION_ACCEPTED,
        words=lambda event: f"{event.who} has accepted the invitation and joined.",
        url=lambda event: reverse("cohorts:person", args=[event.target_id]),
        action="Say hello",
        by_email=False,
    ),
    Notice(
        events.POST_ADDED,
        words=lambda event: f"{event.who} has added a post to your page.",
        url=_me,
        action="See that it is right",
    ),
    Notice(
        events.POST_CHANGED,
        words=lambda event: f"{event.who} has changed one of your posts.",
        url=_me,
        action="See that it is right",
    ),
    Notice(
        events.POST_ENDED,
        words=lambda event: f"{event.who} has ended one of your posts.",
        url=_me,
        action="See that it is right",
    ),
    Notice(
        events.MEMBER_ADDED,
        words=lambda event: f"{event.who} has added you to a cohort.",
        url=lambda event: reverse("cohorts:membership", args=[event.target_id]),
        action="See your place",
    ),
)
