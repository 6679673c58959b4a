from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from cohorts.models import Person
from labs import built_in_tools
from labs.actions import canvases, tools
from labs.models import Canvas, CanvasShare, Passage, Reflection, Tool, WeeklyPrompt
from labs.models.barrier_answers import monday_of

from .wins import make_win

AT = datetime(2026, 3, 10, 14, 30, tzinfo=timezone.get_default_timezone())


def built_in(key: str = "five-whys") -> Tool:
    """One of the seven, which are there after migrating; laid out anew where a test emptied the tables."""
    if not Tool.objects.filter(key=key).exists():
        built_in_tools.lay_out()
    return Tool.objects.get(key=key)


def make_tool(by: Person, title: str = "The empty chair", **fields: Any) -> Tool:
    questions = fields.pop("questions", ["Who is missing?", "What would they say?"])
    given = {"purpose": "To hear who is not in the room."} | fields
    return tools.add(title=title, questions=questions, by=by, at=AT, **given)


def make_canvas(by: Person, key: str = "five-whys", *, done: bool = True, **fields: Any) -> Canvas:
    """Filled in as the worked example is."""
    at = fields.pop("at", AT)
    started_from = fields.pop("started_from", None)
    tool = fields.pop("tool", None) or built_in(key)
    canvas = canvases.begin(tool=tool, started_from=started_from, by=by, at=at)
    for answer in canvas.answers.all():
        words = answer.options.splitlines()[0] if answer.options else answer.example or "An answer."
        canvases.answer(answer=answer, words=words, version=1, by=by, at=at)
    if done:
        canvases.finish(canvas=canvas, by=by, at=at)
    canvas.refresh_from_db()
    return canvas


def share(canvas: Canvas, person: Person) -> CanvasShare:
    return canvases.share(canvas=canvas, person=person, by=canvas.author, at=AT)


def make_reflection(by: Person, words: str = "I sat down for once.", **fields: Any) -> Reflection:
    at = fields.pop("at", AT)
    return Reflection.objects.create(
        author=by, words=words, on=at.date(), made_at=at, changed_at=at, **fields
    )


def make_prompt(person: Person, thing: Any, at: datetime, key: str = "five-whys") -> WeeklyPrompt:
    return WeeklyPrompt.objects.create(
        person=person,
        week=monday_of(timezone.localdate(at)),
        tool=built_in(key),
        thing_type=thing._meta.label_lower,
        thing_id=thing.pk,
        offered_at=at,
    )


def tool_scene(world: Any) -> dict[str, int]:
    """For tests that walk every address: a tool of Mo's; a canvas of Ana's that she shares with Zed, and
    one of hers that is not finished; a page of her journal; an exercise she was offered this week."""
    now = timezone.now()
    shared = make_canvas(world.ana, at=now)
    loop = make_canvas(world.ana, "feedback-loop", at=now)
    power = make_canvas(world.ana, "who-holds-the-power", at=now)
    for canvas in (loop, power):
        share(canvas, world.zed)
    begun = make_canvas(world.ana, "iceberg", done=False, at=now)
    reflection = make_reflection(world.ana, at=now)
    Passage.objects.create(reflection=reflection, kind="barrier", words="Sit.", made_at=now)
    win = make_win(world.ana, "For this week.", visibility="only_me")
    return {
        "tool": make_tool(world.mo).pk,
        "tool_retired": tools.retire(tool=make_tool(world.mo), by=world.mo, at=now).pk,
        "canvas": shared.pk,
        "canvas_share": share(shared, world.zed).pk,
        "canvas_loop": loop.pk,
        "canvas_power": power.pk,
        "canvas_begun": begun.pk,
        "answer": shared.answers.first().pk,
        "reflection": reflection.pk,
        "weekly_prompt": make_prompt(world.ana, win, now).pk,
    }
