"""What waits on a person, in one list, whichever room it comes from."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from cohorts.check_in_waiting import check_ins_waiting
from cohorts.leader_waiting import leaders_waiting
from cohorts.membership_waiting import memberships_waiting
from cohorts.models import Invitation, Person
from cohorts.peer_waiting import peers_waiting
from cohorts.role_waiting import roles_waiting
from cohorts.running_waiting import cohorts_waiting
from cohorts.waiting import Row, time_waiting
from labs.barrier_waiting import barriers_waiting
from labs.lab_waiting import labs_waiting
from labs.prompt_waiting import exercises_waiting
from labs.voice_waiting import voices_waiting
from wins.models import ThankYou, Win, Worry
from wins.outcome_waiting import outcomes_waiting
from wins.selection_waiting import selection_waiting

MOST = 5


def waiting_on(person: Person, now: datetime) -> list[Row]:
    """Decisions first, then what others wait for, then one's own."""
    rows = [*time_waiting(person, now), *leaders_waiting(person, now)]
    rows += [*cohorts_waiting(person, now), *peers_waiting(person, now)]
    rows += [*memberships_waiting(person, now), *barriers_waiting(person, now)]
    rows += labs_waiting(person, now)
    rows += voices_waiting(person, now)
    rows += selection_waiting(person, now)
    rows += [*_worries(person), *_invitations(person, now)]
    rows += [*_thank_yous(person), *_own_wins(person), *outcomes_waiting(person)]
    rows += roles_waiting(person, now)
    rows += check_ins_waiting(person, now)
    rows += exercises_waiting(person, now)
    return rows


def _worries(person: Person) -> list[Row]:
    if not person.reach.is_programme_staff:
        return []
    open_worries = Worry.objects.filter(state=Worry.State.OPEN).exclude(win__author=person)
    return [
        Row(
            "Somebody worries about a win",
            reverse("wins:worry", args=[worry.pk]),
            worry.get_kind_display(),
            "flag",
        )
        for worry in open_worries.order_by("raised_at")[:MOST]
    ]


def _invitations(person: Person, now: datetime) -> list[Row]:
    if not person.reach.is_programme_staff:
        return []
    lapsed = Invitation.objects.filter(
        accepted_at=None, called_off_at=None, expires_at__lte=now, invited_by=person
    ).count()
    if not lapsed:
        return []
    people = "1 person has" if lapsed == 1 else f"{lapsed} people have"
    return [
        Row(
            f"{people} not used your invitation",
            reverse("cohorts:invitations"),
            "It has run out. Send it again, or call it off.",
            "mail",
        )
    ]


def _thank_yous(person: Person) -> list[Row]:
    waiting = ThankYou.objects.filter(receiver=person, state=ThankYou.State.WAITING)
    return [
        Row(
            f"{thanks.giver.name} thanked you",
            reverse("wins:thank_you", args=[thanks.pk]),
            "Choose who else may read it.",
            "thank",
        )
        for thanks in waiting.select_related("giver").order_by("made_at")[:MOST]
    ]


def _own_wins(person: Person) -> list[Row]:
    unfinished = Win.objects.filter(
        author=person, state__in=[Win.State.SET_ASIDE, Win.State.DRAFT]
    ).only("what_happened", "state", "made_at")
    labels = {
        Win.State.SET_ASIDE: "A win of yours is set aside. See why",
        Win.State.DRAFT: "Finish your draft",
    }
    return [
        Row(
            labels[Win.State(win.state)],
            reverse("wins:win", args=[win.pk]),
            win.excerpt,
            "flag" if win.state == Win.State.SET_ASIDE else "edit",
        )
        for win in unfinished.order_by("-state", "made_at")[:MOST]
    ]
