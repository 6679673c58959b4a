"""An exercise a week, for those who asked for it: chosen, offered once, begun or set aside, stopped."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from cohorts.models import Person
from labs import events
from labs.models import Canvas, PromptChoice, Tool, WeeklyPrompt
from labs.models.barrier_answers import monday_of
from systemschangers.kernel import activity
from systemschangers.kernel.policy import no

from . import canvases


@transaction.atomic
def choose(*, way: str, by: Person, at: datetime) -> None:
    """On the home page, by e-mail too, or (empty) not at all. Stopped, what is offered now goes as well."""
    if way:
        PromptChoice.objects.update_or_create(
            person=by, defaults={"way": way}, create_defaults={"way": way, "chosen_at": at}
        )
        return
    PromptChoice.objects.filter(person=by).delete()
    for prompt in WeeklyPrompt.objects.open_on(at).filter(person=by).select_for_update():
        prompt.put_aside()
        prompt.save()


@transaction.atomic
def offer(*, choice: PromptChoice, tool: Tool, thing: models.Model, at: datetime) -> bool:
    """Once a week each, however often it is called; True when it was offered now. By e-mail only where
    that was chosen."""
    try:
        with transaction.atomic():
            prompt = WeeklyPrompt.objects.create(
                person=choice.person,
                week=monday_of(timezone.localdate(at)),
                tool=tool,
                thing_type=thing._meta.label_lower,
                thing_id=thing.pk,
                offered_at=at,
            )
    except IntegrityError:
        return False
    if choice.way == PromptChoice.Way.EMAIL:
        told = [choice.person]
        activity.record(events.WEEKLY_PROMPT_OFFERED, actor=None, target=prompt, at=at, notify=told)
    return True


@transaction.atomic
def begin(
    *, prompt: WeeklyPrompt, started_from: models.Model | None, by: Person, at: datetime
) -> Canvas:
    """Begun already, the canvas that is there."""
    prompt = _locked(prompt, by)
    if prompt.canvas:
        return prompt.canvas
    canvas = canvases.begin(tool=prompt.tool, started_from=started_from, by=by, at=at)
    prompt.begin(canvas)
    prompt.save()
    return canvas


@transaction.atomic
def put_aside(*, prompt: WeeklyPrompt, by: Person, at: datetime) -> None:
    """Not this week. Another may come the next."""
    prompt = _locked(prompt, by)
    prompt.put_aside()
    prompt.save()


def _locked(prompt: WeeklyPrompt, by: Person) -> WeeklyPrompt:
    prompt = WeeklyPrompt.objects.select_for_update(of=("self",)).get(pk=prompt.pk)
    if prompt.person_id != by.pk:
        no("This was offered to somebody else.").require()
    return prompt
