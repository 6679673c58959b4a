"""Holding a win while it is changed."""

from __future__ import annotations

from wins.models import Win


def locked(win: Win) -> Win:
    """The win as it stands, its row held until the transaction ends."""
    return (
        Win.objects.select_for_update(of=("self",))
        .select_related("author")
        .defer("search")
        .get(pk=win.pk)
    )
