"""The seven exercises that come with the software, laid out as rows like those that people add.

After each migration (and so with each release) their words are brought up to what the file says: see
labs.apps. What somebody filled in keeps the questions it was asked."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connections, models, transaction

from labs.models import Tool, ToolQuestion

FILE = Path(__file__).with_name("built_in_tools.toml")
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = ("title", "purpose", "example", "source", "drawing")


@cache
def told() -> list[dict[str, Any]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))["tool"]


@transaction.atomic
def lay_out(using: str = "default") -> None:
    """Make the rows say what the file says. Done again, it changes nothing."""
    for place, one in enumerate(told(), start=1):
        words = {name: one.get(name, "") for name in WORDS} | {"place": place}
        tool, _ = Tool.objects.using(using).update_or_create(
            key=one["key"], defaults=words, create_defaults=words | {"made_at": SINCE}
        )
        asked = [_question(tool, number, ask) for number, ask in enumerate(one["question"], 1)]
        ToolQuestion.objects.using(using).bulk_create(
            asked,
            update_conflicts=True,
            unique_fields=["tool", "place"],
            update_fields=["asked", "hint", "options", "part", "example"],
        )
        tool.questions.filter(place__gt=len(asked)).delete()  # type: ignore[attr-defined]


def _question(tool: Tool, place: int, ask: dict[str, str]) -> ToolQuestion:
    return ToolQuestion(tool=tool, place=place, **ask)


def lay_out_after_migrating(*, using: str, **_: Any) -> None:
    """Only where the tables stand as the models say: not on the way back through the migrations."""
    if _stands(Tool, using) and _stands(ToolQuestion, using):
        lay_out(using)


def _stands(model: type[models.Model], using: str) -> bool:
    connection, table = connections[using], model._meta.db_table
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return False
        there = connection.introspection.get_table_description(cursor, table)
    return {field.column for field in model._meta.concrete_fields} <= {one.name for one in there}
