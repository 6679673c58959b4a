from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from labs.actions import weekly_prompts as actions
from labs.forms.tools import PromptChoiceForm
from labs.models import PromptChoice, WeeklyPrompt
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.visibility import visible

from .tools import first_open


@require_http_methods(["GET", "POST"])
def choice(request: HttpRequest) -> HttpResponse:
    """Whether to be offered an exercise a week, and how. Off unless one says so."""
    person: Any = request.user
    chosen = PromptChoice.objects.filter(person=person).first()
    form = open_form(PromptChoiceForm, request, initial={"way": chosen.way if chosen else ""})
    if form.is_bound and form.is_valid():
        way = form.cleaned_data["way"]
        actions.choose(way=way, by=person, at=timezone.now())
        said = "Saved. It comes in weeks in which you logged something." if way else "Stopped."
        messages.success(request, said)
        return redirect("labs:tools")
    context = {"form": form, "chosen": chosen}
    return render(request, "labs/weekly_prompts/choice.html", context)


@require_http_methods(["GET", "POST"])
def weekly_prompt(request: HttpRequest, pk: int) -> HttpResponse:
    """Which exercise, and on what. Begin it, leave it for this week, or stop these altogether."""
    person: Any = request.user
    prompts = WeeklyPrompt.objects.visible_to(person).select_related("tool", "canvas")
    found = get_object_or_404(prompts, pk=pk)
    things = visible({found.thing_type: [found.thing_id]}, person)
    thing: Any = things.get((found.thing_type, str(found.thing_id)))
    if request.method == "POST":
        given: dict[str, Any] = {"by": person, "at": timezone.now()}
        match request.POST.get("step"):
            case "begin":
                return redirect(
                    first_open(actions.begin(prompt=found, started_from=thing, **given))
                )
            case "not_this_week":
                actions.put_aside(prompt=found, **given)
                messages.success(request, "Not this week, then.")
            case "stop":
                actions.choose(way="", **given)
                messages.success(request, "Stopped. We offer you no more exercises.")
            case _:
                raise Http404
        return redirect("home:home")
    context = {
        "prompt": found,
        "tool": found.tool,
        "thing": thing,
        "noun": thing._meta.verbose_name if thing else "",
    }
    return render(request, "labs/weekly_prompts/detail.html", context)
