"""Adding an exercise of one's own, changing it, retiring it, offering it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.models import Person
from labs import events
from labs.models import Tool, ToolQuestion
from labs.policy.tools import may_add_tool, may_keep_tool
from systemschangers.kernel import activity

MOST_QUESTIONS = 10
MEANWHILE = (
    "Somebody changed this exercise meanwhile. Below is how it stands, beside what you typed."
)


@transaction.atomic
def add(*, questions: Sequence[str], by: Person, at: datetime, **words: str) -> Tool:
    """Everyone here is offered it at once. Raises ValidationError without questions, or with too many."""
    may_add_tool(by).require()
    tool = Tool.objects.create(made_by=by, made_at=at, **words)
    _ask(tool, questions)
    activity.record(events.TOOL_ADDED, actor=by, target=tool, at=at)
    return tool


@transaction.atomic
def change(
    *, tool: Tool, questions: Sequence[str], version: int, by: Person, at: datetime, **words: str
) -> Tool:
    """What was filled in before keeps the questions it was asked.

    Raises ValidationError (code “meanwhile”) when it was changed since `version`."""
    tool = _locked(tool)
    may_keep_tool(by, tool).require()
    if tool.version != version:
        raise ValidationError(MEANWHILE, code="meanwhile")
    for name, value in words.items():
        setattr(tool, name, value)
    tool.version += 1
    tool.save()
    tool.questions.all().delete()  # type: ignore[attr-defined]
    _ask(tool, questions)
    activity.record(events.TOOL_CHANGED, actor=by, target=tool, at=at)
    return tool


@transaction.atomic
def retire(*, tool: Tool, by: Person, at: datetime) -> Tool:
    """Nobody begins it any more. What was begun can be finished."""
    tool = _locked(tool)
    may_keep_tool(by, tool).require()
    tool.retire(by=by, at=at)
    tool.save()
    activity.record(events.TOOL_RETIRED, actor=by, target=tool, at=at)
    return tool


@transaction.atomic
def offer_again(*, tool: Tool, by: Person, at: datetime) -> Tool:
    tool = _locked(tool)
    may_keep_tool(by, tool).require()
    tool.offer_again()
    tool.save()
    activity.record(events.TOOL_OFFERED_AGAIN, actor=by, target=tool, at=at)
    return tool


def _ask(tool: Tool, questions: Sequence[str]) -> None:
    asked = [words for line in questions if (words := " ".join(line.split()))]
    if not asked:
        raise ValidationError({"questions": "Write at least one question."})
    if len(asked) > MOST_QUESTIONS:
        raise ValidationError(
            {"questions": f"That is {len(asked)} questions. Ten are enough for five minutes."}
        )
    ToolQuestion.objects.bulk_create(
        ToolQuestion(tool=tool, place=place, asked=words) for place, words in enumerate(asked, 1)
    )


def _locked(tool: Tool) -> Tool:
    return Tool.objects.select_for_update().get(pk=tool.pk)
