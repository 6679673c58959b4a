"""Questions that everybody asks, put together once, with blanks for who asks and when.

Putting a large query together costs Django ten times what the database takes to answer it, and to plan it
costs PostgreSQL five times as much. A rule such as `visible_to(person)` is the same for each person but
for a few values; so it is run once with a blank in place of each, and the SQL is kept, to be filled in
for whoever asks. PostgreSQL, too, keeps its plan of it, a connection each, where that plan is as good:

    prepared = Prepared(lambda person, now: Win.objects.visible_to(person).filter(made_at__lt=now))
    prepared.ask(shape, {"person": blank_person, "now": Blank("now", DateTimeField())}, {"person": 7, …})

It cannot keep one person's answer for another: no person is at hand while it is put together, nothing may
be read from the database meanwhile, and a moment that was read from a clock is refused. What a rule
decides in Python (a person of this kind, or with no service) must be in `shape`, and a blank knows
nothing to decide by. What it kept is for one day."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime
from typing import Any

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import DateField, Expression, Field, QuerySet
from django.utils import timezone

Work = Callable[[Any], Any]


class Blank(Expression):
    """A place in a query for a value that is known when it is asked: a person’s key, the moment.

    Always stands for something that is there, so that `if blank:` says yes. What is worked out of the
    value (a day before it) is worked out when the blank is filled."""

    def __init__(self, name: str, output_field: Field, works: tuple[Work, ...] = ()):
        super().__init__(output_field=output_field)
        self.name, self.works = name, works

    def then(self, work: Work, output_field: Field | None = None) -> Blank:
        return Blank(self.name, output_field or self.output_field, (*self.works, work))

    def filled(self, values: Mapping[str, Any]) -> Any:
        value = values[self.name]
        for work in self.works:
            value = work(value)
        return value

    def __add__(self, other: Any) -> Any:
        return self.then(lambda value: value + other)

    def __sub__(self, other: Any) -> Any:
        return self.then(lambda value: value - other)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return f"%s::{self.output_field.db_type(connection)}", [self]


class Blanks(Blank):
    """A blank for several keys, for `__in`. Nobody looks into it."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "(SELECT unnest(%s::bigint[]))", [self]


def worked_out(work: Work, value: Any, output_field: Field | None = None) -> Any:
    """`work(value)`, now or, of a blank, when it is filled."""
    return value.then(work, output_field) if isinstance(value, Blank) else work(value)


def day_of(moment: Any) -> Any:
    """The day of a moment, here; of a blank, when it is filled."""
    return worked_out(timezone.localdate, moment, DateField())


class Prepared:
    """One question, kept as SQL for each shape of whoever asks."""

    def __init__(self, build: Callable[..., QuerySet]):
        self._build = build
        self._day: tuple[date, str] | None = None
        self._kept: dict[Hashable, tuple[str, dict[str, Blank]]] = {}

    def ask(
        self, shape: Hashable, blanks: Mapping[str, Any], values: Mapping[str, Any]
    ) -> list[tuple[Any, ...]]:
        """The rows, as the database gives them. One query."""
        day = (timezone.localdate(), timezone.get_current_timezone_name())
        if day != self._day:
            self._day, self._kept = day, {}
        if shape not in self._kept:
            self._kept[shape] = _put_together(lambda: self._build(**blanks))
        sql, blank = self._kept[shape]
        if not sql:
            return []
        filled = {name: one.filled(values) for name, one in blank.items()}
        with _planned_once() as cursor:
            cursor.execute(sql, filled)
            return cursor.fetchall()


class _PreparingCursor(psycopg.Cursor):
    """Gives PostgreSQL the question and the values apart, so that it can keep its plan."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query, params, prepare=True, **options)

    def _convert_query(self, query: Any, params: Any = None) -> Any:
        self._query = super()._convert_query(query, params)  # what Django’s log of queries tells
        return self._query


def _planned_once() -> CursorWrapper:
    """As `connection.cursor()`: watched and counted as any."""
    connection.ensure_connection()
    cursor: Any = _PreparingCursor(connection.connection)
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    return wrap(cursor)


def _put_together(build: Callable[[], QuerySet]) -> tuple[str, dict[str, Blank]]:
    """The SQL, all written out but the blanks; and the blanks, by the names they have in it."""
    connection.ensure_connection()
    with connection.execute_wrapper(_nothing_is_read):
        try:
            sql, parts = build().query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            return "", {}
    names: dict[Blank, str] = {}
    written = [_written(part, names) for part in parts]
    return sql.replace("%%", "%%%%") % tuple(written), {name: one for one, name in names.items()}


def _written(part: Any, names: dict[Blank, str]) -> str:
    if isinstance(part, Blank):
        return f"%({names.setdefault(part, f'blank_{len(names)}')})s"
    if isinstance(part, datetime):
        raise TypeError(f"A moment read from a clock ({part}) would be kept. Use a blank.")
    literal = psycopg.ClientCursor(connection.connection).mogrify("%s", [part])
    return literal.replace("%", "%%")


def _nothing_is_read(execute: Any, sql: str, *_: Any) -> Any:
    raise TypeError(f"Nothing may be read while a question is put together: {sql}")
