"""What wins keep about a person, told to them and forgotten with them (kernel.personal_data)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from cohorts.models import Person
from systemschangers.kernel.personal_data import Enclosed, Farewell, Section, forgets, says, tells
from wins import (
    board_papers_personal_data,  # noqa: F401 - imported here, and so found
    pulse_personal_data,  # noqa: F401 - imported here, and so found
    ripples_personal_data,  # noqa: F401 - imported here, and so found
    stories_personal_data,  # noqa: F401
)
from wins.erasing import erase
from wins.models import Appreciation, Comment, DataPoint, Measure, ThankYou, Win, WinHelper, Worry


@tells
def tell(person: Person) -> Iterator[Section]:
    wins = Win.objects.filter(author=person).defer("search").order_by("pk")
    yield Section(
        "wins",
        "Small wins you wrote, drafts and private ones too",
        (_win_in_words(win) for win in wins.prefetch_related("themes", "helpers__person")),
        enclosed=(
            Enclosed(f"photos/win-{pk}.jpg", partial(default_storage.open, photo))
            for pk, photo in wins.exclude(photo="").values_list("pk", "photo")
        ),
    )
    yield Section(
        "measures",
        "What you count about your small wins and practices",
        (
            _measure_in_words(measure)
            for measure in Measure.objects.filter(
                Q(win__author=person) | Q(practice__owners__person=person)
            )
            .distinct()
            .prefetch_related("points")
        ),
    )
    yield Section(
        "helped",
        "Small wins others say you helped with",
        (
            {"when": helped.win.logged_at, "who says so": helped.win.author.name}
            for helped in WinHelper.objects.filter(
                person=person, win__in=Win.objects.visible_to(person)
            ).select_related("win__author")
        ),
    )
    yield Section(
        "appreciations",
        "Wins you thanked somebody for",
        (
            {"when": said.made_at, "what": said.get_kind_display(), "win": said.win_id}
            for said in Appreciation.objects.filter(person=person)
        ),
    )
    yield Section(
        "comments",
        "Comments you wrote",
        (
            {
                "when": comment.made_at,
                "words": comment.words,
                "changed": comment.edited_at,
                "removed": comment.removed_at,
                "why it was hidden": comment.hidden_reason,
            }
            for comment in Comment.objects.filter(author=person)
        ),
    )
    yield Section(
        "worries",
        "Worries you told programme staff",
        (
            {
                "when": worry.raised_at,
                "what": worry.get_kind_display(),
                "words": worry.words,
                "answer": worry.answer,
            }
            for worry in Worry.objects.filter(raised_by=person)
        ),
    )
    yield Section(
        "thanks",
        "Thanks you gave and were given",
        (
            {
                "when": thanks.made_at,
                "from": thanks.giver.name,
                "to": thanks.receiver.name,
                "words": thanks.words,
                "shown to": thanks.get_shown_to_display(),
            }
            for thanks in ThankYou.objects.filter(
                Q(giver=person) | Q(receiver=person)
            ).select_related("giver", "receiver")
        ),
    )


def _measure_in_words(measure: Measure) -> dict[str, Any]:
    return {
        "of": measure.thing_key,
        "what is counted": measure.counted,
        "in": measure.unit,
        "which way is good": measure.get_better_display(),
        "how": measure.definition,
        "figures": [str(point) for point in measure.points.all()],
        "notes": [f"{point.on}: {point.note}" for point in measure.points.all() if point.note],
    }


def _win_in_words(win: Win) -> dict[str, Any]:
    return {
        "number": win.pk,
        "what happened": win.what_happened,
        "what made it hard": win.made_hard,
        "what changed": win.what_changed,
        "where it changed something": win.get_lens_display(),
        "how deep it went": win.get_depth_display(),
        "what made it possible": win.get_condition_display(),
        "themes": [theme.name for theme in win.themes.all()],
        "who helped": [str(helper) for helper in win.helpers.all()],
        "when": win.happened_on,
        "what the photo shows": win.photo_alt,
        "seen by": win.get_visibility_display(),
        "state": win.get_state_display(),
        "written": win.made_at,
        "logged": win.logged_at,
    }


@says
def say(person: Person) -> Farewell:
    return Farewell(
        goes=[
            "Your drafts, your private wins and the wins you took back.",
            "The photos on your wins, and your thanks and celebrations of other people’s wins.",
            "Thank-yous you gave and were given.",
        ],
        stays=[
            "Wins you shared, without your name or photo. Remove them first if you want them gone.",
            "What you counted about those wins, and its figures.",
            "Your comments under other people’s wins, without your name.",
            "Worries you told programme staff, without your name.",
        ],
    )


@forgets
def forget(person: Person, at: datetime) -> None:
    """What only they saw goes; what others can see stays without them, each card drawn anew."""
    theirs = Win.objects.filter(author=person)
    shared = theirs.logged().exclude(visibility=Win.Visibility.ONLY_ME)
    erase(theirs.exclude(pk__in=shared.values("pk")))
    for photo in shared.exclude(photo="").values_list("photo", flat=True):
        transaction.on_commit(partial(default_storage.delete, photo))
    shared.update(photo="", photo_width=None, photo_height=None, photo_alt="", touched_at=at)
    shown = Q(appreciations__person=person) | Q(comments__author=person)
    named = Q(helpers__person=person) | Q(helpers__name__iexact=person.name)
    ids = list(Win.objects.filter(shown | named).values_list("pk", flat=True).distinct())
    Appreciation.objects.filter(person=person).delete()
    WinHelper.objects.filter(Q(person=person) | Q(name__iexact=person.name)).delete()
    ThankYou.objects.filter(Q(giver=person) | Q(receiver=person)).delete()
    DataPoint.objects.filter(made_by=person).update(made_by=None)
    Win.objects.filter(pk__in=ids).update(touched_at=at)
