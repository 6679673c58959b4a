"""The house's own rules, walked over what is really there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ["kernel", "cohorts", "labs", "wins", "home"]  # from the ground up
OURS = {"kernel": "systemschangers/kernel", "home": "systemschangers/home"} | {
    app: app for app in ("cohorts", "labs", "wins")
}


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in FLOORS]


def our_files(*endings: str) -> list[Path]:
    folders = [ROOT / folder for folder in ("systemschangers", "cohorts", "labs", "wins")]
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in endings and "migrations" not in path.parts
    )


def test_foreign_keys_point_down_or_sideways():
    """A model may know its own floor and those below it; everybody may know who a person is."""
    looked_at = 0
    for model in our_models():
        floor = FLOORS.index(model._meta.app_label)
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete) or field.related_model is None:
                continue
            target = field.related_model._meta
            if target.label == settings.AUTH_USER_MODEL or target.app_label not in FLOORS:
                continue
            looked_at += 1
            assert FLOORS.index(target.app_label) <= floor, (
                f"{model.__name__}.{field.name} points up"
            )
    assert looked_at >= 10


def test_every_personal_noun_says_who_sees_it():
    """Each model with pages of its own has visible_to on its manager."""
    named = "kernel.Notification cohorts.Person cohorts.Cohort wins.Win wins.Comment wins.Worry wins.ThankYou"
    for label in named.split():
        assert callable(getattr(apps.get_model(label).objects, "visible_to", None)), label


def test_choices_are_repeated_in_the_database():
    """A TextChoices field without its check constraint is a rule said once only."""
    for model in our_models():
        checks = " ".join(
            str(constraint.condition)
            for constraint in model._meta.constraints
            if isinstance(constraint, models.CheckConstraint)
        )
        for field in model._meta.fields:
            if field.choices:
                assert f"'{field.name}__in'" in checks or field.name in checks, (
                    f"{model.__name__}.{field.name} has choices but no constraint"
                )


def test_when_and_who_stand_or_fall_together():
    """A decision's time and person are both set or both empty, by constraint."""
    pairs = 0
    for model in our_models():
        names = {field.name for field in model._meta.fields}
        for name in names:
            who = f"{name.removesuffix('_at')}_by"
            if not name.endswith("_at") or who not in names:
                continue
            if not model._meta.get_field(name).null or not model._meta.get_field(who).null:
                continue
            pairs += 1
            checks = " ".join(
                str(c.condition) for c in model._meta.constraints if hasattr(c, "condition")
            )
            said = f"{name}__isnull" in checks, f"{who}__isnull" in checks
            assert all(said), f"{model.__name__}.{name}"
    assert pairs >= 2


NOT_NOUNS = {"settings", "given_names"}  # one file by design; a list of words


def test_files_hold_one_noun():
    long = {}
    for path in our_files(".py"):
        count = len(path.read_text().splitlines())
        if count > 300 and "demo" not in path.parts and path.stem not in NOT_NOUNS:
            long[str(path.relative_to(ROOT))] = count
    assert long == {}


def test_no_room_is_called_utils():
    for path in our_files(".py"):
        assert path.stem not in {"utils", "helpers", "services", "misc", "common"}, path


def test_actions_take_who_and_when_by_name():
    """Every public action is keyword-only and takes by= (or nobody yet) and at=."""
    seen = 0
    for folder in ("cohorts/actions", "labs/actions", "wins/actions"):
        for path in sorted((ROOT / folder).glob("*.py")):
            for node in ast.parse(path.read_text()).body:
                if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                    continue
                seen += 1
                where = f"{path.relative_to(ROOT)}:{node.name}"
                assert not node.args.args, f"{where} takes positional arguments"
                names = {arg.arg for arg in node.args.kwonlyargs}
                assert "at" in names, f"{where} has no at="
    assert seen >= 10


def test_views_leave_the_clock_and_the_queries_where_they_belong():
    """Models, policies and actions never ask the clock: time is passed in."""
    for path in our_files(".py"):
        if {"actions", "policy"} & set(path.parts) or path.stem == "policy":
            assert "timezone.now()" not in path.read_text(), path


TAG = re.compile(r"\son[a-z]+\s*=|<style|\sstyle\s*=|<script(?![^>]*\ssrc=)", re.I)


@pytest.mark.parametrize("folder", ["templates"])
def test_templates_have_no_inline_style_or_script(folder):
    """The content security policy would refuse them."""
    found = []
    for path in sorted((ROOT / folder).rglob("*.html")):
        if "emails" in path.parts or "email" in path.parts or path.stem == "everything":
            continue  # read in an inbox, or from a disk
        text = re.sub(
            r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(), flags=re.S
        )
        if TAG.search(text):
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_components_name_their_inputs():
    for path in sorted((ROOT / "templates" / "components").rglob("*.html")):
        assert path.read_text().lstrip().startswith(("{#", "{% comment %}")), path


def test_nobody_swallows_an_error():
    for path in our_files(".py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ExceptHandler):
                silent = len(node.body) == 1 and isinstance(node.body[0], ast.Pass)
                assert not silent, f"{path}:{node.lineno} swallows an error"


def test_every_form_of_ours_carries_its_keys():
    """A POST form without form_keys could make two rows of two presses."""
    form = re.compile(r"<form\b[^>]*method=[\"']?post[^>]*>(.*?)</form>", re.I | re.S)
    missing = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        relative = path.relative_to(ROOT / "templates")
        if relative.parts[0] in {"account", "mfa", "socialaccount", "usersessions", "allauth"}:
            continue
        for body in form.findall(path.read_text()):
            if "form_keys" not in body:
                missing.append(str(relative))
    assert missing == []
