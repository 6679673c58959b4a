"""A form that begins with words of a reflection: which, and what came of them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from labs.actions import reflections
from labs.models import Passage


def asked_for(request: HttpRequest) -> Passage | None:
    """The passage that `?passage=` names, when it is one's own."""
    number = request.GET.get("passage", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    own = Passage.objects.visible_to(request.user).select_related("reflection")
    return own.filter(pk=int(number)).first()


def became(request: HttpRequest, passage: Passage | None, thing: models.Model) -> None:
    """Its form was sent."""
    if passage is not None:
        person: Any = request.user
        reflections.passage_became(passage=passage, thing=thing, by=person, at=timezone.now())
