"""A verdict is a yes, or a no with its reason in words."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from systemschangers.kernel.policy import YES, Refused, no


def test_a_yes_lets_through():
    assert YES
    assert YES.require() is None


def test_a_no_stops_with_its_reason():
    verdict = no("Only her manager may decide this.")
    assert not verdict
    assert verdict.reason == "Only her manager may decide this."
    with pytest.raises(Refused, match="Only her manager"):
        verdict.require()


def test_a_refusal_is_a_403_and_shows_the_reason(as_, ana, rf):
    from systemschangers.home.views.errors import forbidden

    request = rf.get("/")
    request.user = ana
    answer = forbidden(request, Refused("Only her manager may decide this."))
    assert answer.status_code == 403
    assert "Only her manager may decide this." in answer.content.decode()


def test_a_refusal_that_is_not_ours_shows_no_inner_words(ana, rf):
    from systemschangers.home.views.errors import forbidden

    request = rf.get("/")
    request.user = ana
    answer = forbidden(request, PermissionDenied("inner words"))
    assert "inner words" not in answer.content.decode()
