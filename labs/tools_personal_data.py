"""What a person is told of exercises they added, filled in and were offered, and how they are forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cohorts.models import Person
from labs.models import Canvas, CanvasShare, PromptChoice, Tool, WeeklyPrompt
from systemschangers.kernel.models import Thread
from systemschangers.kernel.personal_data import Farewell, Section, forgets, says, tells


@tells
def tell_tools(person: Person) -> Iterator[Section]:
    own = Canvas.objects.filter(author=person).prefetch_related("answers", "shares__person")
    yield Section(
        "canvases",
        "Exercises you filled in",
        (
            {
                "exercise": one.title,
                "about": one.about,
                "begun": one.begun_at,
                "finished": one.finished_at,
                "answers": [f"{said.asked} {said.words}" for said in one.answers.all()],  # type: ignore[attr-defined]
                "shared with": [shared.person.name for shared in one.shares.all()],  # type: ignore[attr-defined]
            }
            for one in own
        ),
    )
    made = Tool.objects.filter(made_by=person).prefetch_related("questions")
    yield Section(
        "tools",
        "Exercises you added",
        (
            {
                "title": one.title,
                "purpose": one.purpose,
                "questions": [asked.asked for asked in one.questions.all()],  # type: ignore[attr-defined]
                "added": one.made_at,
            }
            for one in made
        ),
    )
    choices = PromptChoice.objects.filter(person=person)
    yield Section(
        "prompt_choice",
        "Your wish for a weekly exercise",
        ({"how": one.get_way_display(), "since": one.chosen_at} for one in choices),
    )
    yield Section(
        "weekly_prompts",
        "Weekly exercises you were offered",
        (
            {
                "week": one.week,
                "exercise": one.tool.title,
                "what became of it": one.get_state_display(),
            }
            for one in WeeklyPrompt.objects.filter(person=person).select_related("tool")
        ),
    )


@says
def say_tools(person: Person) -> Farewell:
    return Farewell(
        goes=["Exercises you filled in, from everybody you shared them with too."],
        stays=["Exercises you added for others to use, as those of “Someone who has left”."],
    )


@forgets
def forget_tools(person: Person, at: datetime) -> None:
    PromptChoice.objects.filter(person=person).delete()
    WeeklyPrompt.objects.filter(person=person).delete()
    CanvasShare.objects.filter(person=person).delete()
    for canvas in Canvas.objects.filter(author=person):
        Thread.objects.of(canvas).delete()
        canvas.delete()
