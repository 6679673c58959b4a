"""Whoever asks, while a question that everybody asks is put together (kernel.blanks)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, DateTimeField

from cohorts.models import Person
from cohorts.models.people import Reach
from systemschangers.kernel.blanks import Blank, Blanks, Prepared

PLACES = ("services", "managed_services", "cohorts", "run_cohorts")


@dataclass(frozen=True)
class Shape:
    """What rules about people decide by in Python: the same for many, and no word of who it is."""

    is_staff: bool
    by_code_card: bool
    reach: Reach
    """Of places only whether there are any: none, or a 0 for all of them."""

    @classmethod
    def of(cls, person: Person) -> Shape:
        some: dict[str, Any] = {
            name: (0,) if getattr(person.reach, name) else () for name in PLACES
        }
        return cls(person.is_staff, person.by_code_card, replace(person.reach, **some))


class Anybody(Blank):
    """Stands in a rule for a person of this shape; it has of a person only what rules may decide by."""

    is_authenticated = True

    def __init__(self, shape: Shape):
        super().__init__("person", BigIntegerField())
        self.is_staff, self.by_code_card = shape.is_staff, shape.by_code_card
        blanks: dict[str, Any] = {
            name: Blanks(name, BigIntegerField()) if getattr(shape.reach, name) else ()
            for name in PLACES
        }
        self.reach = replace(shape.reach, **blanks)

    @property
    def pk(self) -> Anybody:
        return self


def asked_by(prepared: Prepared, person: Person, now: datetime) -> list[tuple[Any, ...]]:
    """The rows of a question of (person, now), as this person gets them at this moment. One query."""
    shape = Shape.of(person)
    blanks = {"person": Anybody(shape), "now": Blank("now", DateTimeField())}
    values = {name: list(getattr(person.reach, name)) for name in PLACES}
    return prepared.ask(shape, blanks, {"person": person.pk, "now": now, **values})
