"""An exercise filled in: begun, answered question by question, finished, shared, not shared any more."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction

from cohorts.models import Person
from labs import events
from labs.models import Canvas, CanvasAnswer, CanvasShare, Tool
from labs.policy.tools import may_begin, may_share, may_write
from systemschangers.kernel import activity
from systemschangers.kernel.models import Thread
from systemschangers.kernel.threads import tie


class EditedMeanwhile(Exception):
    """The answer was changed since its page was opened. `now` is how it stands."""

    def __init__(self, now: CanvasAnswer) -> None:
        super().__init__("This answer was changed meanwhile.")
        self.now = now


@transaction.atomic
def begin(
    *,
    tool: Tool,
    about: str = "",
    started_from: models.Model | None = None,
    by: Person,
    at: datetime,
) -> Canvas:
    """Only `by` sees it. `started_from`: a win or a barrier, which the caller knows that `by` may see;
    nothing of its words is copied, so sharing the canvas tells nobody of it who may not see it."""
    may_begin(by, tool).require()
    canvas = Canvas.objects.create(
        tool=tool,
        author=by,
        title=tool.title,
        drawing=tool.drawing,
        about=about,
        begun_at=at,
        changed_at=at,
    )
    CanvasAnswer.objects.bulk_create(
        CanvasAnswer(canvas=canvas, **question.as_asked())
        for question in tool.questions.all()  # type: ignore[attr-defined]
    )
    if started_from is not None:
        tie(canvas, Thread.Kind.STARTED_FROM, started_from, by=by, at=at)
    activity.record(events.CANVAS_BEGUN, actor=by, target=canvas, at=at)
    return canvas


@transaction.atomic
def answer(
    *, answer: CanvasAnswer, words: str, version: int, by: Person, at: datetime
) -> CanvasAnswer:
    """One question, answered or emptied. Raises EditedMeanwhile when `version` is not the latest."""
    canvas = _locked(answer.canvas)
    may_write(by, canvas).require()
    answer = CanvasAnswer.objects.get(pk=answer.pk)
    if answer.version != version:
        if answer.words == words:  # the same page sent twice
            return answer
        raise EditedMeanwhile(answer)
    if answer.words == words:
        return answer
    answer.words, answer.version = words, answer.version + 1
    answer.save()
    canvas.say_about("" if answer.options else words)
    canvas.changed_at = at
    canvas.save()
    return answer


@transaction.atomic
def finish(*, canvas: Canvas, by: Person, at: datetime) -> Canvas:
    """Questions may be left empty, but not all. Raises ValidationError."""
    canvas = _locked(canvas)
    may_write(by, canvas).require()
    if not canvas.answers.exclude(words="").exists():  # type: ignore[attr-defined]
        raise ValidationError("Answer at least one question. The others can stay empty.")
    before = canvas.state
    canvas.finish(at=at)
    canvas.save()
    if before != canvas.state:
        activity.record(events.CANVAS_DONE, actor=by, target=canvas, at=at)
    return canvas


@transaction.atomic
def share(*, canvas: Canvas, person: Person, by: Person, at: datetime) -> CanvasShare:
    """`person` may read it until `by` stops sharing it, later changes included; they are told.

    Shared already, nothing happens. Raises ValidationError for oneself, or somebody who has left."""
    canvas = _locked(canvas)
    may_share(by, canvas).require()
    if person == by:
        raise ValidationError({"person": "That is you. You see it always."})
    if not person.is_active:
        raise ValidationError({"person": "They are not here any more. Choose somebody else."})
    shared, new = CanvasShare.objects.get_or_create(
        canvas=canvas, person=person, defaults={"shared_at": at}
    )
    if new:
        activity.record(events.CANVAS_SHARED, actor=by, target=canvas, at=at, notify=[person])
    return shared


@transaction.atomic
def stop_sharing(*, shared: CanvasShare, by: Person, at: datetime) -> None:
    """From the next read on they see it no more. They are not told."""
    canvas = _locked(shared.canvas)
    may_write(by, canvas).require()
    if CanvasShare.objects.filter(pk=shared.pk).delete()[0]:
        activity.record(events.CANVAS_NO_LONGER_SHARED, actor=by, target=canvas, at=at)


@transaction.atomic
def remove(*, canvas: Canvas, by: Person, at: datetime) -> None:
    """For good, and with it who it was shared with and where it started from."""
    canvas = _locked(canvas)
    may_write(by, canvas).require()
    activity.record(events.CANVAS_REMOVED, actor=by, target=canvas, at=at)
    Thread.objects.of(canvas).delete()
    canvas.delete()


def _locked(canvas: Canvas) -> Canvas:
    return Canvas.objects.select_for_update().get(pk=canvas.pk)
