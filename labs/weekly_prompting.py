"""Which exercise fits something that was logged. A plain list, tried in order: no score, no chance."""

from __future__ import annotations

from collections.abc import Iterable

from labs.models import Barrier

EVERY = (
    "five-whys",
    "from-their-chair",
    "zoom-out",
    "iceberg",
    "who-holds-the-power",
    "feedback-loop",
    "rule-or-habit",
)


def fitting_barrier(barrier: Barrier) -> list[str]:
    """For a barrier: by what its raiser could not say of it."""
    first = []
    if barrier.rule in (Barrier.Rule.HABIT, Barrier.Rule.NOBODY_KNOWS):
        first.append("rule-or-habit")
    if not barrier.leader_id and not barrier.power:
        first.append("who-holds-the-power")
    if barrier.reported in (Barrier.Reported.NO, Barrier.Reported.DOES_NOT_COUNT):
        first.append("iceberg")
    return _then_the_others(first)


def fitting_win(*, lens: str, made_hard: str, depth: str) -> list[str]:
    """For a small win: by how far it reached and what stood in its way."""
    first = []
    if made_hard:
        first.append("five-whys")
    if depth in ("flex", "agreed", "written"):
        first.append("rule-or-habit")
    if lens == "system":
        first.append("feedback-loop")
    if lens == "organisation":
        first.append("zoom-out")
    return _then_the_others(first or ["from-their-chair"])


def choose(fitting: Iterable[str], lately: Iterable[str]) -> str:
    """The first that fits and was not offered lately; had all been, the first that fits."""
    fitting, lately = list(fitting), set(lately)
    return next((key for key in fitting if key not in lately), fitting[0])


def _then_the_others(first: list[str]) -> list[str]:
    return first + [key for key in EVERY if key not in first]
