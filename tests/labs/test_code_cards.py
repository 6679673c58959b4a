"""Codes on cards: guessed by nobody, good for a short while, and ended when they are lost."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from labs import code_cards
from labs.actions.labs import members
from labs.models import CodeCard
from tests.factories.labs import make_lab

WHEN = datetime(2026, 3, 10, 14, 30, tzinfo=UTC)


@pytest.fixture
def page(db) -> str:
    return reverse("labs:code_card")


def keyed(code: str) -> dict[str, str]:
    """As the form on the page sends it."""
    return {"code": code, "submission_key": str(uuid.uuid4())}


@pytest.mark.django_db
def test_wrong_codes_sent_with_a_form_key_are_counted_too(page):
    with time_machine.travel(WHEN, tick=False):
        answers = [
            Client().post(page, keyed(f"WRONG{number}")).status_code for number in range(400)
        ]
    assert 429 in answers
