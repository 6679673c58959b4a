"""Things that something is told about, by their keys in addresses: “win-7”."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from cohorts.requests import PersonRequest
from wins.models.things import MODELS, things_seen_by


class ThingConverter:
    regex = f"(?:{'|'.join(MODELS)})-[1-9][0-9]{{0,17}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


RELATED = {
    "win": ("author", "service__organisation", "cohort"),
    "practice": ("service__organisation",),
    "meeting": (),
    "commitment": ("request__worker", "request__leader"),
    "experiment": ("lab",),
    "lab": ("place",),
}
NOT_READ = {"win": ("search",), "practice": ("search",)}


def visible_thing(request: PersonRequest, key: str, kinds: Sequence[str]) -> Any:
    """The thing of one of `kinds` with this key, for somebody who sees it; else 404."""
    kind, _, number = key.partition("-")
    if kind not in kinds:
        raise Http404
    found = things_seen_by(request.user, kind)
    if RELATED[kind]:
        found = found.select_related(*RELATED[kind])
    return get_object_or_404(found.defer(*NOT_READ.get(kind, ())), pk=number)
