from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cohorts import events, policy
from cohorts.actions import posts as actions
from cohorts.forms.posts import EndPostForm, NewPostForm, PostForm, TitleForm
from cohorts.forms.words import attempt
from cohorts.models import Person, Post
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    policy.may_change_posts(request.user).require()
    form = open_form(NewPostForm, request, person=person, initial={"started": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        if attempt(form, actions.add, person=person, **given, by=request.user, at=timezone.now()):
            messages.success(request, f"Added. {person} has been told.")
            return redirect("cohorts:person", person.pk)
    return render(request, "cohorts/posts/new.html", {"form": form, "shown": person})


@require_http_methods(["GET", "POST"])
def post(request: PersonRequest, pk: int) -> HttpResponse:
    found = _current(request, pk)
    policy.may_change_posts(request.user).require()
    initial = {name: getattr(found, name) for name in ("title", "kind", "line_manager", "started")}
    form = open_form(
        PostForm,
        request,
        person=found.person,
        near=found.service.organisation_id,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        if attempt(form, actions.change, post=found, **given, by=request.user, at=timezone.now()):
            messages.success(request, f"Saved. {found.person} has been told.")
            return redirect("cohorts:person", found.person_id)
    context = {"form": form, "post": found, "history": _history(found)}
    return render(request, "cohorts/posts/form.html", context)


@require_http_methods(["GET", "POST"])
def ending(request: PersonRequest, pk: int) -> HttpResponse:
    found = _current(request, pk)
    policy.may_change_posts(request.user).require()
    form = open_form(
        EndPostForm, request, started=found.started, initial={"on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        if attempt(form, actions.end, post=found, **given, by=request.user, at=timezone.now()):
            messages.success(request, "The post has ended.")
            return redirect("cohorts:person", found.person_id)
    return render(request, "cohorts/posts/ending.html", {"form": form, "post": found})


@require_http_methods(["GET", "POST"])
def title(request: PersonRequest, pk: int) -> HttpResponse:
    found = _current(request, pk)
    policy.may_correct_title(request.user, found).require()
    form = open_form(TitleForm, request, initial={"title": found.title})
    if request.method == "POST" and form.is_valid():
        actions.correct_title(
            post=found, title=form.cleaned_data["title"], by=request.user, at=timezone.now()
        )
        messages.success(request, "Saved.")
        return redirect(_page_of(request, found))
    context = {"form": form, "post": found, "back_url": _page_of(request, found)}
    return render(request, "cohorts/posts/title.html", context)


def _current(request: PersonRequest, pk: int) -> Post:
    """Raises Http404 for a post of nobody here, WrongState for one that has ended."""
    posts = Post.objects.visible_to(request.user).select_related(
        "person", "service__organisation", "line_manager"
    )
    found = get_object_or_404(posts, pk=pk)
    if found.ended:
        raise WrongState("This post has ended, so it stays as it was.")
    return found


def _history(post: Post) -> list[dict[str, Any]]:
    """What was changed, in words, oldest first. Events hold numbers: names are looked up here."""
    told = list(
        Event.objects.filter(
            target_type="cohorts.post",
            target_id=str(post.pk),
            verb__in=[events.POST_ADDED, events.POST_CHANGED],
        )
        .select_related("actor")
        .order_by("at", "id")
    )
    managers = {
        pk for event in told for pk in event.data.get("changes", {}).get("line_manager", [])
    }
    names = dict(Person.objects.filter(pk__in=managers - {None}).values_list("pk", "name"))
    return [{"at": event.at, "who": event.actor, "what": _in_words(event, names)} for event in told]


def _in_words(event: Event, names: dict[int, str]) -> str:
    if event.verb == events.POST_ADDED:
        return "added this post."
    words = []
    changes = event.data.get("changes", {})
    if "line_manager" in changes:
        before, after = (names.get(pk, "nobody") for pk in changes["line_manager"])
        words.append(f"changed the line manager from {before} to {after}")
    if "kind" in changes:
        before, after = (Post.Kind(kind).label for kind in changes["kind"])
        words.append(f"changed the kind of work from {before} to {after}")
    if "started" in changes:
        words.append("changed the first day")
    if "title" in changes:
        words.append("changed the job title")
    return (" and ".join(words) or "changed this post") + "."


def _page_of(request: PersonRequest, post: Post) -> str:
    if post.person_id == request.user.pk:
        return reverse("cohorts:me")
    return reverse("cohorts:person", args=[post.person_id])
