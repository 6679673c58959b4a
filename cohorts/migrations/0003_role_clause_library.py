"""The clauses that come with the software, read from cohorts/role_clauses.toml: a place without demo data
has a library to begin with. Those already built with or adopted stay when this is undone."""

import tomllib
from pathlib import Path

from django.db import migrations
from django.utils import timezone

LIBRARY = Path(__file__).resolve().parent.parent / "role_clauses.toml"


def clauses():
    return tomllib.loads(LIBRARY.read_text(encoding="utf-8"))["clauses"]


def write(apps, schema_editor):
    clause = apps.get_model("cohorts", "RoleClause")
    now = timezone.now()
    clause.objects.bulk_create(clause(made_at=now, **one) for one in clauses())


def take_out(apps, schema_editor):
    clause = apps.get_model("cohorts", "RoleClause")
    line, adoption = (apps.get_model("cohorts", name) for name in ("RoleLine", "ClauseAdoption"))
    untouched = clause.objects.filter(
        made_by=None, version=1, reworded_as=None, words__in=[one["words"] for one in clauses()]
    )
    for used in (line, adoption):
        untouched = untouched.exclude(pk__in=used.objects.values("clause"))
    untouched._raw_delete(schema_editor.connection.alias)  # nothing points at them


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0002_rules")]

    operations = [migrations.RunPython(write, take_out)]
