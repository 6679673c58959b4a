"""For tests of pages that leave no trace: a known phone, and the log as production writes it."""

from __future__ import annotations

import io
import logging

import pytest
import time_machine
from django.test import Client

from systemschangers.kernel.logs import JsonFormatter, Traceless

from .traceless import ADDRESS, AGENT, MORNING


@pytest.fixture
def log():
    """The log as production writes it, from INFO on."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    handler.addFilter(Traceless())
    root, django = logging.getLogger(), logging.getLogger("django")
    levels = root.level, django.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    django.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(levels[0])
    django.setLevel(levels[1])


@pytest.fixture
def anas_phone(world):
    """Signed in, at a known address, with a known browser."""
    phone = Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=AGENT, HTTP_X_FORWARDED_FOR=ADDRESS)
    phone.force_login(world.ana)
    with time_machine.travel(MORNING, tick=False):
        assert phone.get("/more/").status_code == 200
    return phone
