from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from psycopg import sql

ADD_ONLY = {"kernel_event", "kernel_eventseal"}
READ_ONLY = {"django_migrations"}

ROLE = """
SELECT rolsuper, pg_has_role(rolname, (SELECT tableowner FROM pg_tables
    WHERE schemaname = current_schema() AND tablename = 'kernel_event'), 'MEMBER')
FROM pg_roles WHERE rolname = %s
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"


class Command(BaseCommand):
    help = (
        "Give a PostgreSQL role what the running site and its worker need, and no more: it may add "
        "events and seals but never change or remove them, and it may not change any table's shape. "
        "Run it as the owner of the tables, after each `migrate`."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="an existing role, the one in the site's DATABASE_URL")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            self._insist_it_is_fit(cursor, role)
            cursor.execute(TABLES)
            tables = sorted(table for (table,) in cursor.fetchall())
            for statement in self._statements(cursor, role, tables):
                cursor.execute(statement)
        self.stdout.write(
            f"{role} may now run the site: {len(tables)} tables, no more than needed."
        )

    def _insist_it_is_fit(self, cursor: Any, role: str) -> None:
        cursor.execute(ROLE, [role])
        found = cursor.fetchone()
        if found is None:
            raise CommandError(
                f"There is no role {role}. Make it: CREATE ROLE {role} LOGIN PASSWORD …"
            )
        is_superuser, is_owner = found
        if is_superuser or is_owner:
            raise CommandError(
                f"{role} owns the tables or may do anything, so nothing can be kept from it. "
                "Run the site as another role."
            )

    def _statements(self, cursor: Any, role: str, tables: list[str]) -> list[sql.Composed]:
        cursor.execute("SELECT current_schema()")
        schema, who = sql.Identifier(cursor.fetchone()[0]), sql.Identifier(role)
        statements = [
            sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA {} FROM {}").format(schema, who),
            sql.SQL("REVOKE CREATE ON SCHEMA {} FROM {}").format(schema, who),
            sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, who),
            sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {} TO {}").format(schema, who),
            sql.SQL("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {} TO {}").format(schema, who),
        ]
        for table in tables:
            rights = "SELECT, INSERT, UPDATE, DELETE"
            if table in ADD_ONLY:
                rights = "SELECT, INSERT"
            elif table in READ_ONLY:
                rights = "SELECT"
            statements.append(
                sql.SQL("GRANT {} ON {}.{} TO {}").format(
                    sql.SQL(rights), schema, sql.Identifier(table), who
                )
            )
        return statements
