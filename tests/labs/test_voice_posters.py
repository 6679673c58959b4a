"""The sheet for a wall: what is on it, and that its code leads where it says."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
import segno
from django.test import Client

from tests.factories.leader_requests import make_leader
from tests.factories.voices import make_poster

pytestmark = pytest.mark.django_db


def modules_of(svg: str) -> list[list[int]]:
    """The dark and light squares that the drawing comes to: runs of a path, row by row, with its border."""
    size = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    drawn = [[0] * size for _ in range(size)]
    x = y = 0.0
    path = re.findall(r'<path[^>]* d="([^"]+)"', svg)[-1]
    for step, first, _, second in re.findall(r"([Mmh])(-?[\d.]+)( ?(-?[\d.]+))?", path):
        if step == "h":
            for at in range(int(x), int(x + float(first))):
                drawn[int(y)][at] = 1
            x += float(first)
        elif step == "M":
            x, y = float(first), float(second)
        else:
            x, y = x + float(first), y + float(second)
    return [row[2:-2] for row in drawn[2:-2]]


def test_the_code_on_the_sheet_is_the_address_below_it_and_opens_the_page(world, as_, now):
    poster = make_poster(world.ana, make_leader(world.lee), world.outreach, now)
    page = as_(world.ana).get(poster.get_absolute_url())
    text, address = page.content.decode(), page.context["address"]
    assert text.count(address) >= 1, "for whoever types it"
    assert "Lee Whitaker" in text
    svg = re.search(r"<svg[^>]*qr.*?</svg>", text, re.S)[0]
    expected = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
    assert modules_of(svg) == expected
    assert "<script" not in svg
    assert "style=" not in svg
    opened = Client().get(urlsplit(address).path)
    assert opened.status_code == 200
    assert "Lee Whitaker" in opened.content.decode()
