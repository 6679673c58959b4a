"""Exercises of the demo, added, filled in and shared; Ana's journal; and her exercise of this week."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from cohorts.models import Person
from labs import built_in_tools, events
from labs.audiences.labs import members
from labs.models import (
    Barrier,
    Canvas,
    CanvasAnswer,
    CanvasShare,
    Lab,
    PromptChoice,
    Reflection,
    Tool,
    ToolQuestion,
    WeeklyPrompt,
)
from labs.models.barrier_answers import monday_of
from systemschangers.kernel.models import Thread
from wins.models import Win

from .permission import Worker, slot, workers_of
from .plan import Plan
from .said import Chronicle
from .telling import read

if TYPE_CHECKING:
    from .loading import Ground


def write_thinking(plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    built_in_tools.lay_out()
    told, workers = read("thinking"), workers_of(plan, ground)
    for one in told["tool"]:
        _tool(one, ground, plan, chronicle)
    tools = {tool.key: tool for tool in Tool.objects.prefetch_related("questions") if tool.key}
    for one in told["canvas"]:
        author = _who(one, workers, ground)
        canvas = _canvas(one, tools[one["key"]], author, plan, chronicle)
        _started(one, canvas, plan)
        _shared(one, canvas, ground, plan, chronicle)
    for one in told["reflection"]:
        _reflection(one, _who(one, workers, ground), plan, chronicle)
    _weekly(workers[0][0], tools, plan)


def _who(one: dict[str, Any], workers: list[Worker], ground: Ground) -> Person:
    return (
        ground.people[one["person"]] if "person" in one else workers[one["who"] % len(workers)][0]
    )


def _tool(one: dict[str, Any], ground: Ground, plan: Plan, chronicle: Chronicle) -> None:
    words = {name: one.get(name, "") for name in ("title", "purpose", "example", "source")}
    by, at = ground.people[one["by"]], slot(plan.now, -one["days"], 11)
    tool = Tool.objects.create(made_by=by, made_at=at, **words)
    ToolQuestion.objects.bulk_create(
        ToolQuestion(tool=tool, place=place, asked=asked)
        for place, asked in enumerate(one["questions"], 1)
    )
    chronicle.record(events.TOOL_ADDED, by, tool, at)


def _canvas(
    one: dict[str, Any], tool: Tool, author: Person, plan: Plan, chronicle: Chronicle
) -> Canvas:
    at, done = slot(plan.now, -one["days"], 13), not one.get("begun")
    canvas = Canvas(
        tool=tool,
        author=author,
        title=tool.title,
        drawing=tool.drawing,
        state=Canvas.State.DONE if done else Canvas.State.BEGUN,
        begun_at=at,
        changed_at=at + timedelta(minutes=6),
        finished_at=at + timedelta(minutes=6) if done else None,
    )
    canvas.say_about(one["answers"][0])
    canvas.save()
    CanvasAnswer.objects.bulk_create(
        CanvasAnswer(canvas=canvas, words=words, **question.as_asked())
        for question, words in zip(tool.questions.all(), one["answers"], strict=True)  # type: ignore[attr-defined]
    )
    chronicle.record(events.CANVAS_BEGUN, author, canvas, at)
    if done:
        chronicle.record(events.CANVAS_DONE, author, canvas, canvas.changed_at)
    return canvas


def _started(one: dict[str, Any], canvas: Canvas, plan: Plan) -> None:
    thing: models.Model | None = None
    if one.get("from") == "win":
        thing = _latest_win(canvas.author)
    elif one.get("from") == "barrier":
        own = Barrier.objects.filter(raised_by=canvas.author, state=Barrier.State.CHANGED)
        thing = own.order_by("shown_on", "pk").defer("search", "kind").first()
    if thing is not None:
        Thread.objects.create(
            source_type=canvas._meta.label_lower,
            source_id=canvas.pk,
            kind=Thread.Kind.STARTED_FROM,
            target_type=thing._meta.label_lower,
            target_id=thing.pk,
            made_by=canvas.author,
            made_at=canvas.begun_at,
        )


def _latest_win(author: Person) -> Win | None:
    shown = Win.objects.filter(author=author, state=Win.State.LOGGED).exclude(
        visibility=Win.Visibility.ONLY_ME
    )
    return shown.defer("search").order_by("-logged_at", "-pk").first()


def _shared(
    one: dict[str, Any], canvas: Canvas, ground: Ground, plan: Plan, chronicle: Chronicle
) -> None:
    at = canvas.changed_at + timedelta(hours=1)
    for name in one.get("with", []):
        person = ground.people[name]
        CanvasShare.objects.create(canvas=canvas, person=person, shared_at=at)
        chronicle.record(events.CANVAS_SHARED, canvas.author, canvas, at, [person])
    lab = Lab.objects.inside_for(canvas.author).filter(state=Lab.State.GOING).order_by("pk").first()
    if one.get("lab") and lab is not None:
        CanvasShare.objects.create(canvas=canvas, lab=lab, shared_at=at)
        chronicle.record(events.CANVAS_SHARED_IN_LAB, canvas.author, canvas, at, members(lab))


def _reflection(one: dict[str, Any], author: Person, plan: Plan, chronicle: Chronicle) -> None:
    at = slot(plan.now, -one["days"], 16)
    page = Reflection.objects.create(
        author=author,
        on=timezone.localdate(at),
        prompt=one["prompt"],
        words=one["words"],
        made_at=at,
        changed_at=at,
    )
    chronicle.record(events.REFLECTION_WRITTEN, author, page, at)


def _weekly(ana: Person, tools: dict[str, Tool], plan: Plan) -> None:
    """Ana asked for one a week, on her home page."""
    PromptChoice.objects.create(person=ana, way="home", chosen_at=slot(plan.now, -60, 10))
    win = _latest_win(ana)
    if win is not None:
        WeeklyPrompt.objects.create(
            person=ana,
            week=monday_of(timezone.localdate(plan.now)),
            tool=tools["from-their-chair"],
            thing_type=win._meta.label_lower,
            thing_id=win.pk,
            offered_at=plan.now,
        )
