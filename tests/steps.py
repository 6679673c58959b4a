"""State machines, tested from their own declaration: every step from every state.

    CASES = steps.cases(TimeRequest)

    @pytest.mark.parametrize("case", CASES, ids=str)
    def test_each_step(case, world):
        steps.check(case, make=lambda state: make_time(world.ana, state=state),
                    take=lambda thing: TAKERS[case.name](thing, BY[case.name](world)), may=True)

    def test_every_step_has_an_action():
        steps.insist_on_all(TimeRequest, TAKERS)

A case is allowed when the declared step starts from its state. `check` takes the step through its action
and looks at the row: arrived at the target, or refused in words with not one column changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models, transaction

from systemschangers.kernel.lifecycle import Step, WrongState
from systemschangers.kernel.policy import Refused

REFUSALS = (WrongState, Refused, ValidationError)


@dataclass(frozen=True)
class Case:
    """One declared step, tried from one state."""

    model: type[models.Model]
    name: str
    step: Step
    state: str
    field: str = "state"

    @property
    def allowed(self) -> bool:
        return self.state in self.step.sources

    def __str__(self) -> str:
        return f"{self.name}-from-{self.state}-{'allowed' if self.allowed else 'refused'}"


def steps_of(model: type[models.Model]) -> dict[str, Step]:
    """The steps a model declares, by their names."""
    return {name: step for name, step in vars(model).items() if isinstance(step, Step)}


def states_of(model: type[models.Model], field: str = "state") -> list[str]:
    return [value for value, _ in model._meta.get_field(field).choices]  # type: ignore[union-attr]


def cases(
    model: type[models.Model], field: str = "state", without: Iterable[str] = ()
) -> list[Case]:
    """Every declared step × every state. `without` names steps that another test walks."""
    return [
        Case(model, name, step, state, field)
        for name, step in steps_of(model).items()
        if name not in set(without)
        for state in states_of(model, field)
    ]


def insist_on_all(
    model: type[models.Model], takers: Iterable[str], without: Iterable[str] = ()
) -> None:
    """Fails when a declared step has no way to take it, or a taker no declared step."""
    assert set(takers) | set(without) == set(steps_of(model))


def reachable(model: type[models.Model], start: str) -> set[str]:
    """The states that declared steps lead to from `start`, itself included."""
    found, fresh = {start}, {start}
    while fresh:
        fresh = {s.target for s in steps_of(model).values() if s.sources & found} - found
        found |= fresh
    return found


def check(
    case: Case,
    *,
    make: Callable[[str], models.Model],
    take: Callable[[models.Model], Any],
    may: bool = True,
    refusals: tuple[type[Exception], ...] = REFUSALS,
) -> models.Model:
    """Make a thing in the case's state and take the step. Returns it as the database has it.

    `may=False`: whoever takes it may not, so that it is refused from every state."""
    thing = make(case.state)
    before = _row(thing)
    assert before[case.field] == case.state
    if case.allowed and may:
        take(thing)
        after = _row(thing)
        assert after[case.field] == case.step.target, str(case)
    else:
        with pytest.raises(refusals) as refused, transaction.atomic():
            take(thing)
        assert str(refused.value), "refused without a word"
        assert _row(thing) == before, f"{case} was refused but changed the row"
    thing.refresh_from_db()
    return thing


def _row(thing: models.Model) -> dict[str, Any]:
    return type(thing)._base_manager.filter(pk=thing.pk).values().get()
