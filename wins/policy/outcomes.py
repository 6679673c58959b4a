from __future__ import annotations

from django.utils.text import get_text_list

from cohorts.models import Person, Post
from systemschangers.kernel.policy import YES, Verdict, no
from wins.models import Outcome, Substantiation

MOST_ASKED = 10


def may_edit_outcome(person: Person, outcome: Outcome) -> Verdict:
    """Its author, while it is a draft: what others read and answered stays as they read it."""
    if outcome.author_id != person.pk:
        return no("Only the person who wrote an outcome can change it.")
    if not outcome.is_draft:
        return no("Make it a draft again first. Then you can change its words.")
    return YES


def may_formulate(person: Person, outcome: Outcome) -> Verdict:
    if outcome.author_id != person.pk:
        return no("Only the person who wrote an outcome can show it to others.")
    if outcome.is_draft and outcome.missing:
        return no(f"Say this first: {get_text_list(outcome.missing, 'and')}.")
    return YES


def may_rethink(person: Person, outcome: Outcome) -> Verdict:
    if outcome.author_id != person.pk:
        return no("Only the person who wrote an outcome can make it a draft again.")
    if _answered(outcome):
        return no("Somebody has answered this, so its words stay as they were answered.")
    if outcome.taken_back_at:
        return no("You took this back. Put it back first.")
    return YES


def may_take_back_outcome(person: Person, outcome: Outcome) -> Verdict:
    if outcome.author_id != person.pk:
        return no("Only the person who wrote an outcome can take it back or put it back.")
    if outcome.is_draft:
        return no("This is a draft. Only you see it.")
    return YES


def may_remove_outcome(person: Person, outcome: Outcome) -> Verdict:
    if outcome.author_id != person.pk:
        return no("Only the person who wrote an outcome can remove it.")
    if _answered(outcome):
        return no("Somebody has answered this, so it can be taken back but not removed.")
    return YES


def may_ask(person: Person, outcome: Outcome) -> Verdict:
    """Its author, once it is formulated and shown."""
    if outcome.author_id != person.pk:
        return no("Only the person who wrote an outcome asks others whether it is so.")
    if outcome.is_draft:
        return no("Show it to others first. Then you can ask somebody whether it is so.")
    if outcome.taken_back_at:
        return no("You took this back. Put it back first.")
    if len(outcome.substantiations.all()) >= MOST_ASKED:  # type: ignore[attr-defined]
        return no(f"{MOST_ASKED} people have been asked. That is enough.")
    return YES


def is_independent(email: str, known: Person | None, outcome: Outcome) -> Verdict:
    """Not who wrote it, and nobody of the service it is told for."""
    if email.casefold() == outcome.author.email.casefold():
        return no("You wrote it. Ask somebody who did not, and who knows.")
    if known and outcome.service_id:
        here = Post.objects.current().filter(person=known, service=outcome.service_id)
        if here.exists():
            return no(
                f"{known.name} works in your service. Ask somebody from outside it who knows."
            )
    return YES


def may_call_off(person: Person, asked: Substantiation) -> Verdict:
    if asked.asked_by_id != person.pk:
        return no("Only the person who asked can call it off.")
    return YES


def _answered(outcome: Outcome) -> bool:
    return any(one.is_answered for one in outcome.substantiations.all())  # type: ignore[attr-defined]
