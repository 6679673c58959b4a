from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.forms.words import attempt
from cohorts.policy.peer_meetings import may_invite
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.pagination import page_by_key
from systemschangers.kernel.pointed_out import fingerprint
from systemschangers.kernel.threads import threads_of
from wins.actions import stories as actions
from wins.forms.stories import RestsOnForm, StoryForm, told_of
from wins.looking_over import OF_A_STORY, look_over, not_there_before
from wins.models import SelectionRound, Story
from wins.policy.stories import may_keep_story, may_remove_story, may_tell_story
from wins.story_ground import ground_of
from wins.story_shelf import shown
from wins.views.photos import photo_answer

State = Story.State
MOVED_ON = "moved-on"


@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """Published stories, newest first: of people on the frontline now, or of those who have moved on."""
    person, today = request.user, timezone.localdate()
    moved_on = request.GET.get("show") == MOVED_ON
    found = Story.objects.visible_to(person).published().told_from_the_frontline(not moved_on)
    page = page_by_key(
        found.for_list(), request.GET.get("page", ""), key=("published_at", "id"), size=20
    )
    own = Story.objects.filter(author=person).first()
    context = {
        "page": page,
        "stories": shown(page, today),
        "moved_on": moved_on,
        "own": own,
        "may_tell": own is None and may_tell_story(person),
    }
    return render(request, "wins/stories/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Tell one's story: a draft first, whatever button was pressed. Who has one is led to it."""
    person = request.user
    may_tell_story(person).require()
    if request.method == "GET" and (own := Story.objects.filter(author=person).first()):
        return redirect(own)
    form = open_form(StoryForm, request, person=person)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"telling": form.telling(), "by": person, "at": timezone.now()}
        if made := attempt(form, actions.begin, **given):
            messages.success(request, "Kept as a draft. Only you see it.")
            return redirect("wins:story_rests_on", made.pk)
    return render(request, "wins/stories/form.html", {"form": form})


@require_safe
def story(request: PersonRequest, pk: int) -> HttpResponse:
    """A story's own page; for its teller with what they can do with it."""
    it = _visible(request, pk)
    person, mine = request.user, it.author_id == request.user.pk
    context = {
        "it": it,
        "shown": shown([it], timezone.localdate())[0],
        "mine": mine,
        "threads": threads_of(it, person),
        "may_meet": None if mine else may_invite(person, it.author),
        "question": f"I read your story, “{it.title}”. How did you do it?",
        "open_round": it.state == State.PUBLISHED and SelectionRound.objects.open().exists(),
    }
    return render(request, "wins/stories/detail.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change it. A form opened on older words shows both and overwrites nothing."""
    it = _own(request, pk)
    form = open_form(StoryForm, request, person=request.user, initial=told_of(it))
    context: dict[str, Any] = {"form": form, "it": it}
    if request.method == "POST" and form.is_valid():
        telling, version = form.telling(), form.cleaned_data["version"] or 0
        if pointed := _to_look_at(form, telling, it):
            form.say_instead("checked", fingerprint(pointed))
            return render(request, "wins/stories/form.html", context | {"pointed": pointed})
        given = {"story": it, "telling": telling, "version": version}
        try:
            if attempt(form, actions.edit, **given, by=request.user, at=timezone.now()):
                messages.success(request, "Saved.")
                return redirect(it)
        except actions.EditedMeanwhile as meanwhile:
            form.say_instead("version", str(meanwhile.now.version))
            context["now"] = meanwhile.now
            return render(request, "wins/stories/form.html", context, status=409)
    return render(request, "wins/stories/form.html", context)


def _to_look_at(form: StoryForm, telling: actions.Telling, it: Story) -> list[Any]:
    """Of a published story: new details that may show who somebody is, until they were looked at."""
    if it.state != State.PUBLISHED:
        return []
    now = look_over(telling, form.person, OF_A_STORY)
    pointed = not_there_before(now, look_over(it, form.person, OF_A_STORY)) if now else []
    if pointed and form.cleaned_data["checked"] == fingerprint(pointed):
        return []
    return pointed


@require_http_methods(["GET", "POST"])
def rests_on(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose the wins, promises kept and barriers fixed that it rests on."""
    it = _own(request, pk)
    ground = ground_of(request.user)
    tied = {
        f"{tied.thing._meta.label_lower}-{tied.thing.pk}"
        for tied in threads_of(it, request.user)
        if tied.from_here
    }
    initial = {
        f"group_{number}": sorted(tied & {f"{label}-{key}" for label, key in group.keys})
        for number, group in enumerate(ground)
    }
    form = open_form(RestsOnForm, request, ground=ground, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.rest_on(story=it, things=form.chosen, by=request.user, at=timezone.now())
        messages.success(request, "Saved.")
        return redirect("wins:story_publishing" if it.state != State.PUBLISHED else it, pk=pk)
    return render(request, "wins/stories/rests_on.html", {"form": form, "it": it})


@require_http_methods(["GET", "POST"])
def publishing(request: PersonRequest, pk: int) -> HttpResponse:
    """Look it over as others will read it (GET), then publish it (POST)."""
    it = _own(request, pk)
    if it.state == State.PUBLISHED:
        raise WrongState("Your story is published already. Everyone here reads it.")
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            actions.publish(
                story=it,
                version=int(version) if version.isascii() and version.isdigit() else 0,
                by=request.user,
                at=timezone.now(),
            )
        except actions.EditedMeanwhile:
            messages.error(request, "It was changed meanwhile. Look it over again.")
            return redirect("wins:story_publishing", pk)
        messages.success(request, "Published. Everyone here can read it.")
        return redirect(it)
    context = {
        "it": it,
        "shown": shown([it], timezone.localdate())[0],
        "pointed": look_over(it, request.user, OF_A_STORY),
        "threads": threads_of(it, request.user),
    }
    return render(request, "wins/stories/publishing.html", context)


@require_POST
def taking_back(request: PersonRequest, pk: int) -> HttpResponse:
    it = _own(request, pk)
    actions.take_back(story=it, by=request.user, at=timezone.now())
    messages.success(request, "Taken back. Only you see it now.")
    return redirect(it)


@require_http_methods(["GET", "POST"])
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask once (GET), then delete for good (POST)."""
    it = _own(request, pk)
    may_remove_story(request.user, it).require()
    if request.method == "POST":
        actions.remove(story=it, by=request.user, at=timezone.now())
        messages.success(request, "Your story is removed for good.")
        return redirect("wins:stories")
    return render(request, "wins/stories/confirm_removal.html", {"it": it})


@require_safe
def photo(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The photo, to those who may see the story, now."""
    it = get_object_or_404(Story.objects.visible_to(request.user).only("photo"), pk=pk)
    return photo_answer(it.photo.name)


@require_POST
def photo_removal(request: PersonRequest, pk: int) -> HttpResponse:
    it = _own(request, pk)
    actions.remove_photo(story=it, by=request.user, at=timezone.now())
    messages.success(request, "The photo is gone. The words are as they were.")
    return redirect("wins:story_edit", pk)


def _visible(request: PersonRequest, pk: int) -> Story:
    return get_object_or_404(Story.objects.visible_to(request.user).for_detail(), pk=pk)


def _own(request: PersonRequest, pk: int) -> Story:
    it = _visible(request, pk)
    may_keep_story(request.user, it).require()
    return it
