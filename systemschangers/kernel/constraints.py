"""Constraints that say a rule of the domain in the database as well."""

from __future__ import annotations

from django.db.models import CheckConstraint, Q


def both_or_neither(first: str, second: str, *, name: str) -> CheckConstraint:
    """`first` and `second` are set together or not at all (a decision's when and who)."""
    return CheckConstraint(
        name=name,
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
    )


def one_of(field: str, values: list[str] | list[int], *, name: str) -> CheckConstraint:
    """`field` is one of `values`: the TextChoices repeated in PostgreSQL."""
    return CheckConstraint(name=name, condition=Q(**{f"{field}__in": values}))


def not_blank(field: str, *, name: str) -> CheckConstraint:
    return CheckConstraint(name=name, condition=~Q(**{field: ""}))
