"""One tap from what was tried or borrowed to a small win: its words carried over, and the two tied."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from cohorts.models import Borrowing, ComparisonNote
from cohorts.policy.practices import may_tell_borrowing, may_tell_tried
from systemschangers.kernel.models import Thread
from systemschangers.kernel.threads import threads_of, tie
from wins.actions import wins
from wins.models import Win

ENOUGH = 4000


@require_POST
def note_win(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of “I’ll try”."""
    note = get_object_or_404(ComparisonNote.objects.visible_to(request.user), pk=pk)
    may_tell_tried(request.user, note).require()  # type: ignore[arg-type]
    return _begin(request, note, f"{note.tried_words or note.will_try}")


@require_POST
def borrowing_win(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of borrowing a practice."""
    found = Borrowing.objects.visible_to(request.user).select_related("practice")
    it = get_object_or_404(found, pk=pk)
    may_tell_borrowing(request.user, it).require()  # type: ignore[arg-type]
    return _begin(request, it, f"{it.words or it.practice.title}", also=it.practice)


@transaction.atomic
def _begin(
    request: HttpRequest, thing: models.Model, words: str, also: models.Model | None = None
) -> HttpResponse:
    """A draft only they see, which they change and log. Pressed again, the one that is there."""
    person: Any = request.user
    type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    tied = [one.thing for one in threads_of(thing, person) if isinstance(one.thing, Win)]
    own = next((win for win in tied if win.author_id == person.pk), None)
    if own is not None and own.state != Win.State.DRAFT:
        return redirect(own)
    if own is None:
        now = timezone.now()
        telling = wins.Telling(what_happened=words[:ENOUGH], visibility=Win.Visibility.ONLY_ME)
        own = wins.save_draft(telling=telling, by=person, at=now)
        for end in (thing, also):
            if end is not None:
                tie(own, Thread.Kind.CAME_OF, end, by=person, at=now)
        messages.success(request, "Your words are carried over. Change them as you like.")
    return redirect("wins:edit", own.pk)
