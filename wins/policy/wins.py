from __future__ import annotations

from cohorts.models import Person
from systemschangers.kernel.policy import YES, Verdict, no
from wins.models import Win, Worry


def may_edit(person: Person, win: Win) -> Verdict:
    """Only who wrote it; whatever state it is in."""
    if win.author_id != person.pk:
        return no("Only the person who wrote a win can change it.")
    return YES


def may_log(person: Person, win: Win) -> Verdict:
    if win.author_id != person.pk:
        return no("Only the person who wrote a draft can log it.")
    return YES


def may_take_back(person: Person, win: Win) -> Verdict:
    if win.author_id != person.pk:
        return no("Only the person who logged a win can take it back.")
    return YES


def may_put_back(person: Person, win: Win) -> Verdict:
    """Its author. One that was set aside only once it has been changed since."""
    if win.author_id != person.pk:
        return no("Only the person who took a win back can put it back.")
    if win.state == Win.State.SET_ASIDE:
        why = why_set_aside(win)
        if why and why.answered_at and (win.edited_at is None or win.edited_at <= why.answered_at):
            return no("Change the win first. Then you can put it back on the wall.")
    return YES


def may_remove(person: Person, win: Win) -> Verdict:
    """Only who wrote it. A win on the wall is taken back first, so that nothing goes by a slip."""
    if win.author_id != person.pk:
        return no("Only the person who wrote a win can remove it.")
    if win.state == Win.State.LOGGED:
        return no("Take the win back first. Then you can remove it for good.")
    return YES


def may_link(person: Person, win: Win) -> Verdict:
    if win.author_id != person.pk:
        return no("Only the person who wrote a win can say what it came of.")
    return YES


def why_set_aside(win: Win) -> Worry | None:
    """The answer that set the win aside, with programme staff's words."""
    return (
        Worry.objects.filter(win=win, outcome=Worry.Outcome.SET_ASIDE)
        .select_related("answered_by")
        .order_by("-answered_at")
        .first()
    )
