"""Who hears of small wins, comments, worries and thanks, and in which words (kernel.notices)."""

from __future__ import annotations

from django.urls import reverse

from cohorts.models import Person
from systemschangers.kernel.models import Event
from systemschangers.kernel.notices import Notice, register, unless
from systemschangers.kernel.paces import KINDNESS, WAITS
from wins import events
from wins.models import Appreciation, Win

APPRECIATED = {
    Appreciation.Kind.THANK: "thanked you for your small win",
    Appreciation.Kind.CELEBRATE: "celebrated your small win",
    Appreciation.Kind.TRY: "will try what you told of in your small win",
}


def who_hears_they_helped(win: Win, helpers: list[Person]) -> list[Person]:
    """The people named as having helped who may see the win. Nobody hears of a private one.

    Two queries for each helper whose reach has to be asked; none for a win everyone sees."""
    if win.state != Win.State.LOGGED or win.visibility == Win.Visibility.ONLY_ME:
        return []
    if win.visibility == Win.Visibility.EVERYONE:
        return helpers
    return [one for one in helpers if Win.objects.visible_to(one).filter(pk=win.pk).exists()]


def _win_page(event: Event) -> str:
    return reverse("wins:win", args=[event.target_id])


def _first_words(event: Event) -> str:
    return event.thing.excerpt  # type: ignore[attr-defined]


register(
    Notice(
        events.WIN_NAMED_HELPER,
        words=lambda event: f"{event.who} says you helped with a small win.",  # type: ignore[attr-defined]
        quote=_first_words,
        url=_win_page,
        action="See the win",
        kind=KINDNESS,
    ),
    Notice(
        events.WIN_SET_ASIDE,
        words=lambda event: "Programme staff have set one of your small wins aside.",
        quote=_first_words,
        url=_win_page,
        action="See why, and what to do",
        kind=WAITS,
        over=unless("set_aside"),
    ),
    Notice(
        events.WIN_PUT_BACK,
        words=lambda event: f"{event.who} changed a win you had set aside, and put it back.",  # type: ignore[attr-defined]
        quote=_first_words,
        url=_win_page,
        action="See the win",
    ),
    Notice(
        events.WIN_APPRECIATED,
        words=lambda event: f"{event.who} {APPRECIATED[event.data['kind']]}.",  # type: ignore[attr-defined]
        quote=_first_words,
        url=_win_page,
        action="See your win",
        kind=KINDNESS,
    ),
)


def _comment_place(event: Event) -> str:
    win = event.thing.win_id  # type: ignore[attr-defined]
    return f"{reverse('wins:win', args=[win])}#comment-{event.target_id}"


def _worry_page(event: Event) -> str:
    return reverse("wins:worry", args=[event.target_id])


def _thank_you_page(event: Event) -> str:
    return reverse("wins:thank_you", args=[event.target_id])


def _own_words(event: Event) -> str:
    return event.thing.words  # type: ignore[attr-defined]


register(
    Notice(
        events.COMMENT_WRITTEN,
        words=lambda event: f"{event.who} said something about a small win.",  # type: ignore[attr-defined]
        quote=_own_words,
        url=_comment_place,
        action="Read the comment",
        kind=KINDNESS,
    ),
    Notice(
        events.COMMENT_PUT_BACK,
        words=lambda event: f"{event.who} shows your comment again.",  # type: ignore[attr-defined]
        quote=_own_words,
        url=_comment_place,
        by_email=False,
        kind=KINDNESS,
    ),
    Notice(
        events.COMMENT_HIDDEN,
        words=lambda event: f"{event.who} hid your comment.",  # type: ignore[attr-defined]
        quote=lambda event: event.thing.hidden_reason,  # type: ignore[attr-defined]
        url=_comment_place,
        action="Read why",
        over=lambda event: event.thing.hidden_at is None,  # type: ignore[attr-defined]
    ),
    Notice(
        events.WORRY_RAISED,
        words=lambda event: "Somebody worries about a small win.",
        url=_worry_page,
        action="Look at it",
        kind=WAITS,
        over=unless("open"),
    ),
    Notice(
        events.WORRY_ANSWERED,
        words=lambda event: f"{event.who} answered your worry about a small win.",  # type: ignore[attr-defined]
        quote=lambda event: event.thing.answer,  # type: ignore[attr-defined]
        url=_worry_page,
        action="Read the answer",
    ),
    Notice(
        events.THANK_YOU_GIVEN,
        words=lambda event: f"{event.who} thanked you for something they saw.",  # type: ignore[attr-defined]
        quote=_own_words,
        url=_thank_you_page,
        action="Read it",
        kind=KINDNESS,
    ),
    Notice(
        events.THANK_YOU_SHOWN,
        words=lambda event: f"{event.who} lets others read your thanks.",  # type: ignore[attr-defined]
        quote=_own_words,
        url=_thank_you_page,
        by_email=False,
        kind=KINDNESS,
    ),
)

from . import selection  # noqa: E402, F401 (its words are registered when the site starts)
