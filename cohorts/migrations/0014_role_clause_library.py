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
    clause.objects.filter(
        made_by=None, version=1, reworded_as=None, words__in=[one["words"] for one in clauses()]
    ).exclude(pk__in=line.objects.values("clause")).exclude(
        pk__in=adoption.objects.values("clause")
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0013_code_cards")]

    operations = [migrations.RunPython(write, take_out)]
