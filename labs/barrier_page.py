"""What the page of a barrier shows besides its answers: what was done, who meets it too, what was merged."""

from __future__ import annotations

from typing import Any

from labs.models import Barrier, BarrierWord, HandedDecision, SameHere

S = BarrierWord.Step


def history(barrier: Barrier) -> list[dict[str, Any]]:
    """What was done, oldest first. One query."""
    words = BarrierWord.objects.filter(barrier=barrier).order_by("on", "id")
    words = words.select_related("by", "deputy_for")
    rows: list[dict[str, Any]] = [
        {
            "who": _who(word),
            "what": word.get_step_display(),
            "on": word.on,
            "words": word.words,
            "due_on": word.due_on,
        }
        for word in words
    ]
    if rows:
        rows[-1]["now"] = True
    return rows


def fellows(barrier: Barrier, person: Any) -> list[SameHere]:
    """“Same here” to this, and to what was merged into it, as far as `person` may see it. One query."""
    here = SameHere.objects.visible_to(person).filter(barrier=barrier)
    merged = SameHere.objects.visible_to(person).filter(barrier__duplicate_of=barrier)
    return list((here | merged).for_list().order_by("said_at", "id"))


def merged_into(barrier: Barrier, person: Any) -> list[Barrier]:
    """Duplicates whose words stand beside this one's. One query."""
    duplicates = Barrier.objects.visible_to(person).filter(duplicate_of=barrier)
    return list(duplicates.for_list().order_by("shown_on", "id"))


def handed_down(barrier: Barrier) -> list[HandedDecision]:
    """Of a barrier the reader may see. One query."""
    return list(barrier.handed_decisions.for_list())


def answers(barrier: Any) -> list[dict[str, Any]]:
    """What was answered, as rows of a summary; what was not, is left out."""
    rows = [
        ("Who feels it", barrier.who_feels, True),
        ("Reported anywhere", barrier.get_reported_display() if barrier.reported else "", False),
        ("Rule or habit", barrier.get_rule_display() if barrier.rule else "", False),
        ("Which rule", barrier.rule_cited, True),
        ("Who has the power to change it", barrier.power_words, not barrier.leader_id),
        ("Theme", barrier.theme.name if barrier.theme else "", False),
        ("Place", barrier.place.name if barrier.place else "", False),
    ]
    return [
        {"label": label, "value": value[:1].upper() + value[1:], "words": words}
        for label, value, words in rows
        if value
    ]


def raised(barrier: Barrier) -> str:
    """By whom and where, as far as it is known."""
    if barrier.way == Barrier.Way.ANONYMOUS or barrier.raised_by is None:
        return "Raised anonymously"
    where = f", {barrier.service.name}" if barrier.service else ""
    return f"Raised by {barrier.raised_by.name}{where}"


def _who(word: BarrierWord) -> str:
    if word.step in (S.PICKED_UP, S.PUT_DOWN):
        return "A lab"  # whoever did it may be there under an alias
    if word.by and word.deputy_for:
        return f"{word.by.name}, deputy for {word.deputy_for.name},"
    if word.by:
        return word.by.name
    if word.step == S.ASKED:
        return "We"
    return word.by_name or "Whoever raised it"
