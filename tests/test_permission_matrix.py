"""Every address × method × person, with the answer expected. The addresses are read from the resolver:
one without a row in tests/permissions.py fails here.

Invisible is 404, visible but not allowed is 403, signed out is sent to sign in (302)."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.urls import reverse

from tests.kernel.addresses import names
from tests.permissions import ADMIN, NOBODY_ADDS, ROWS, Row
from tests.permissions.asking import CAST, address_of, answer, browser_of, expected

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def test_every_address_has_a_row():
    named = {name for name in names() if not name.startswith("admin:")}
    assert named - set(ROWS) == set(), "add a row to tests/permissions.py"
    assert set(ROWS) - named == set(), "these rows are of addresses that are gone"


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ROWS))
def test_who_may_what(name: str, scene, caplog):
    caplog.set_level(logging.CRITICAL, "django.request")
    row: Row = ROWS[name]
    address = address_of(name, row, scene) + row.query
    surprises = []
    for who, method, want in cells(row):
        data = row.data if method == "POST" else {}
        got = answer(browser_of(scene, who), method, address, data).status_code
        if got not in want:
            surprises.append(f"{who} {method} {address}: {got}, not {sorted(want)}")
    assert not surprises, "\n" + "\n".join(surprises)


def cells(row: Row) -> Iterator[tuple[str, str, set[int]]]:
    """Who asks, how, and what they may get. HEAD is a GET whose body is dropped: whoever is refused asks
    by it too, and one of those who are not."""
    let_in = False
    for who in CAST:
        for method in METHODS:
            spec = {"GET": row.get, "HEAD": row.get, "POST": row.post}.get(method, "405 nobody=405")
            want = expected(spec, who)
            if method == "HEAD":
                if let_in and want == {200}:
                    continue
                let_in = let_in or want == {200}
                want |= {405}
            yield who, method, want


@pytest.mark.django_db
def test_the_admin_opens_for_the_administrator_only(scene, caplog):
    """Every page of setting up: the administrator, and nobody else in the cast."""
    caplog.set_level(logging.CRITICAL, "django.request")
    pages = [name for name in names() if name.startswith("admin:")]
    for name in ADMIN:
        for who in CAST:
            got = answer(browser_of(scene, who), "GET", reverse(name)).status_code
            assert got == (200 if who == "ada" else 302), (name, who, got)
    listed = {name for name in pages if name.endswith(("_changelist", "_add"))}
    assert listed - NOBODY_ADDS == set(ADMIN) - {"admin:index"}
    for name in NOBODY_ADDS:
        assert answer(browser_of(scene, "ada"), "GET", reverse(name)).status_code == 403


def test_the_size_of_the_matrix(capsys):
    size = sum(len(list(cells(row))) for row in ROWS.values()) + len(ADMIN) * len(CAST)
    with capsys.disabled():
        print(f"\npermission matrix: {size} cells, {len(ROWS) + len(ADMIN)} addresses")
    assert size > 4000
