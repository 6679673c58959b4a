"""Lists in the order of names, paged by key: the last one read says where the next page begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db import models
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.http import HttpRequest

SIZE = 25


@dataclass(frozen=True)
class NamePage:
    """`before` and `after` are ids for the query string, or empty at an end."""

    rows: list[Any]
    before: str = ""
    after: str = ""

    def __iter__(self):
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_by_name(queryset: models.QuerySet, request: HttpRequest, size: int = SIZE) -> NamePage:
    """The page that `?after=` or `?before=` (an id) asks for; the first when it asks for none we know.

    `name` is a field, or an annotation: then a row that is gone from the list leads to the first page."""
    after = _key(queryset, request.GET.get("after", ""))
    before = _key(queryset, request.GET.get("before", "")) if after is None else None
    key = Tuple(models.F("name"), models.F("id"))
    if before is not None:
        backwards = queryset.filter(TupleLessThan(key, before)).order_by("-name", "-id")
        rows = list(backwards[: size + 1])
        more, rows = len(rows) > size, rows[:size][::-1]
        return NamePage(
            rows,
            before=str(rows[0].pk) if more else "",
            after=str(rows[-1].pk) if rows else "",
        )
    if after is not None:
        queryset = queryset.filter(TupleGreaterThan(key, after))
    rows = list(queryset.order_by("name", "id")[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    return NamePage(
        rows,
        before=str(rows[0].pk) if rows and after is not None else "",
        after=str(rows[-1].pk) if more else "",
    )


@dataclass(frozen=True)
class WaitingPage:
    """`after` is a cursor for the query string, or empty at the end."""

    rows: list[Any]
    after: str = ""

    def __iter__(self):
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_oldest_first(
    queryset: models.QuerySet, cursor: str, *, key: tuple[str, str], size: int = SIZE
) -> WaitingPage:
    """The page that begins after `cursor`; the first when it is none of ours, or has nothing after it."""
    salt = f"cohorts.oldest_first:{key}"
    rows = queryset.order_by(*key)
    try:
        first, second = signing.loads(cursor, salt=salt) if cursor else (None, None)
    except signing.BadSignature:
        first = None
    if first is not None:
        columns = Tuple(*map(models.F, key))
        rows = rows.filter(TupleGreaterThan(columns, (datetime.fromisoformat(first), second)))
    found = list(rows[: size + 1])
    if first is not None and not found:
        return page_oldest_first(queryset, "", key=key, size=size)
    more, found = len(found) > size, found[:size]
    if not more:
        return WaitingPage(found)
    last = found[-1]
    keys = [getattr(last, key[0]).isoformat(), getattr(last, key[1])]
    return WaitingPage(found, after=signing.dumps(keys, salt=salt))


def _key(queryset: models.QuerySet, pk: str) -> tuple[Any, ...] | None:
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    if "name" not in queryset.query.annotations:
        queryset = queryset.model._default_manager.all()
    return queryset.filter(pk=pk).values_list("name", "id").first()
