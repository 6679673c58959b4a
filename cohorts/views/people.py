from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cohorts import policy
from cohorts.actions import people as actions
from cohorts.forms.people import ProfileForm
from cohorts.models import Cohort, Deputyship, Person
from cohorts.person_page import parts
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form

from .paging import page_by_name


@require_GET
def me(request: PersonRequest) -> HttpResponse:
    person = request.user
    posts = list(person.posts.for_list())
    context = {
        "current": [post for post in posts if not post.ended],
        "past": [post for post in posts if post.ended],
        "cohorts": Cohort.objects.filter(pk__in=person.reach.cohorts),
        "deputies": Deputyship.objects.visible_to(person)
        .filter(called_off_at=None, ends__gte=timezone.localdate())
        .select_related("person", "deputy"),
        "may_name_deputy": policy.may_name_deputy(person),
    }
    return render(request, "cohorts/people/me.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest) -> HttpResponse:
    person = request.user
    told = ("name", "about", "shows_email", "listed", "hears_by_email")
    initial = {name: getattr(person, name) for name in told}
    form = open_form(ProfileForm, request, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_profile(**form.cleaned_data, by=person, at=timezone.now())
        messages.success(request, "Saved.")
        return redirect("cohorts:me")
    return render(request, "cohorts/people/edit.html", {"form": form})


@require_GET
def listing(request: PersonRequest) -> HttpResponse:
    words = " ".join(request.GET.get("q", "")[:100].split())
    people = Person.objects.listed_for(request.user).found_by(words).for_list()
    context = {
        "page": page_by_name(people, request),
        "words": words,
        "may_invite": policy.may_invite(request.user),
    }
    return render(request, "cohorts/people/list.html", context)


@require_GET
def person(request: PersonRequest, pk: int) -> HttpResponse:
    reader = request.user
    shown = get_object_or_404(Person.objects.visible_to(reader), pk=pk)
    posts = list(shown.posts.for_list())
    context = {
        "shown": shown,
        "current": [post for post in posts if not post.ended],
        "past": [post for post in posts if post.ended],
        "cohorts": Cohort.objects.visible_to(reader).filter(
            memberships__person=shown, memberships__state="active"
        ),
        "may_change_posts": policy.may_change_posts(reader),
        "parts": parts(reader, shown),
    }
    return render(request, "cohorts/people/detail.html", context)
