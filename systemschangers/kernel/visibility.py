"""Things known only by their kind and number, fetched for somebody who may see them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

Things = dict[tuple[str, str], models.Model]


def visible(wanted: Mapping[str, Iterable[str | int]], person: Any) -> Things:
    """Of the things wanted, numbers by kind ("wins.win"), those `person` may see, by kind and number.

    One query for all kinds together: a page may tell of eight. Each model's `visible_to(person)` is
    asked. A kind of thing that an earlier version had is seen by nobody."""
    rows = []
    for kind in sorted(wanted):
        try:
            model = apps.get_model(kind)
        except LookupError:
            continue
        queryset = model._default_manager.visible_to(person)  # type: ignore[attr-defined]
        rows.append(_as_rows(kind, queryset.filter(pk__in=list(wanted[kind]))))
    if not rows:
        return {}
    found = rows[0].union(*rows[1:], all=True) if len(rows) > 1 else rows[0]
    return {(kind, pk): _thing(kind, columns) for kind, pk, columns in found}


def _as_rows(kind: str, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Rows of one shape whatever the model: its kind, its number, and its columns as JSON.

    Not those PostgreSQL makes of others (a search vector is as long as its text)."""
    meta = queryset.model._meta
    made = [field.column for field in meta.concrete_fields if field.generated]
    return queryset.order_by().values_list(
        models.Value(kind, output_field=models.TextField()),
        Cast("pk", models.TextField()),
        RawSQL(  # noqa: S611
            f'(to_jsonb("{meta.db_table}") - %s::text[])::text',
            [made],
            output_field=models.TextField(),
        ),
    )


def _thing(kind: str, columns: str) -> models.Model:
    model, values = apps.get_model(kind), json.loads(columns)
    fields = [field for field in model._meta.concrete_fields if field.column in values]
    return model.from_db(
        None,
        [field.attname for field in fields],
        [_value(field, values[field.column]) for field in fields],
    )


def _value(field: Any, value: Any) -> Any:
    """As the field would have read it: JSON has no dates. Numbers of other rows stay numbers."""
    return value if value is None or field.is_relation else field.to_python(value)
