"""Between tests that commit: what was written is taken away, and what the migrations wrote is back.

Django truncates every table there is and makes content types and permissions anew, which takes as long
as many a test. Here only what is not empty is emptied. Rows that migrations wrote (clauses, tools) are
kept aside in a schema of their own when the test database is made, and put back."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

ASIDE = "as_migrated"
NEVER_CHANGED = {"django_migrations", "django_content_type", "auth_permission"}


def keep_aside() -> None:
    """Copy the rows of a database that is fresh from its migrations; once, however often it is reused."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s)", [ASIDE])
        if cursor.fetchone()[0]:
            return
        cursor.execute(f"CREATE SCHEMA {ASIDE}")
        for table in sorted(_filled(cursor) - {"kernel_cache"}):
            cursor.execute(f'CREATE TABLE {ASIDE}."{table}" AS TABLE public."{table}"')


def as_migrated() -> None:
    """Empty what is not empty, and put back what was kept aside. Triggers and foreign keys look away
    meanwhile (`session_replication_role`), the ones that keep events from being deleted too."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in sorted(_filled(cursor)):
            cursor.execute(f'DELETE FROM public."{table}"')
        for table in _tables(cursor, ASIDE):
            cursor.execute(
                "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
                " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'",
                [table],
            )
            columns = cursor.fetchone()[0]
            cursor.execute(
                f'INSERT INTO public."{table}" ({columns}) OVERRIDING SYSTEM VALUE'
                f' SELECT {columns} FROM {ASIDE}."{table}"'
            )


def _filled(cursor: Any) -> set[str]:
    ask = (f"(SELECT '{t}' FROM public.\"{t}\" LIMIT 1)" for t in _tables(cursor, "public"))
    cursor.execute(" UNION ALL ".join(ask))
    return {row[0] for row in cursor.fetchall()}


def _tables(cursor: Any, schema: str) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
    return sorted(row[0] for row in cursor.fetchall() if row[0] not in NEVER_CHANGED)
