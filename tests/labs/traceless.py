"""What tests of pages that leave no trace look through: every table, sequence, cache, letter and log line."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from django.core import mail
from django.core.cache import caches
from django.db import connection

ADDRESS, AGENT = "203.0.113.77", "KnownAgent/7.7 (her old phone)"
MORNING = datetime(2026, 3, 10, 8, 3, tzinfo=UTC)
NIGHT = datetime(2026, 3, 11, 4, 50, tzinfo=UTC)
FIFTY = 50
KEYS = [f"00000000-0000-4000-8000-{number:012}" for number in range(100)]


def needles_of(phone) -> list[str]:
    """What would tell on Ana, at her phone."""
    known = [ADDRESS, AGENT, "KnownAgent", phone.session.session_key, "ana@example.org"]
    return [*known, "Ana Okafor", *KEYS[:FIFTY]]


def everything() -> dict[str, Counter[str]]:
    """Every row of every table there is, as text; and where every sequence stands."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found[table] = Counter(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences")
        found["sequences"] = Counter(str(row) for row in cursor.fetchall())
    found["cards"] = Counter(str(key) for key in caches["cards"]._cache)
    found["mail"] = Counter(str(letter.message()) for letter in getattr(mail, "outbox", []))
    return found


def what_is_new(before, after) -> dict[str, Counter[str]]:
    """Rows that were not there, or not like that; and rows that are gone."""
    changed = {name: after[name] - before.get(name, Counter()) for name in after}
    gone = {f"{name} gone": before[name] - after[name] for name in before}
    return {name: rows for name, rows in (changed | gone).items() if rows}


def ranks_alike(order: list[int]) -> float:
    """Spearman's rho between 0, 1, 2 … and `order`."""
    n = len(order)
    return 1 - 6 * sum((i - at) ** 2 for i, at in enumerate(order)) / (n * (n * n - 1))


def insist_on_none(new: dict[str, Counter[str]], needles: list[str]) -> None:
    for name, rows in new.items():
        for row in rows:
            for needle in needles:
                assert needle not in row, (name, needle, row)
