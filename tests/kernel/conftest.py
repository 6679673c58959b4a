"""What the kernel's tests share: a made-up verb, so that they need no app's words."""

from __future__ import annotations

import pytest
from django.db import transaction

from systemschangers.kernel import activity, notices
from systemschangers.kernel.notices import Notice
from tests.factories import make_win


@pytest.fixture
def waved(monkeypatch):
    """The verb `test.waved`, with words, for the length of a test."""
    notice = Notice(
        "test.waved",
        words=lambda event: f"{event.who} waved at your {event.target_label}.",
        quote=lambda event: event.thing.excerpt,
        url=lambda event: f"/wins/{event.target_id}/",
        action="See your win",
    )
    monkeypatch.setitem(notices._notices, notice.verb, notice)
    return notice


@pytest.fixture
def wave(waved, now):
    """`wave(zed, at=win)` is Zed waving at a win; its author hears."""

    def act(actor, at, *, notify=None, when=None, **data):
        with transaction.atomic():
            return activity.record(
                waved.verb,
                actor=actor,
                target=at,
                at=when or now,
                notify=[at.author] if notify is None else notify,
                **data,
            )

    return act


@pytest.fixture
def win(ana):
    return make_win(ana, "The pharmacist now rings us instead of turning people away.")
