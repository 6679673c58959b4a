"""Be somebody with one tap. For trying the software out: in production this address is not there."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cohorts.accounts import let_in
from cohorts.models import Person, Post

# What each of the cast is there to show, in the order one would want to be them.
CAST = {
    "ana@example.org": "A frontline worker. Logs small wins between two appointments.",
    "mo@example.org": "Her manager. Sees what the team did, and thanks people.",
    "dee@example.org": "Stands in for Mo when Mo is away.",
    "lee@example.org": "A leader. Reads what the frontline changed.",
    "cas@example.org": "Programme staff. Invites people, and looks after worries.",
    "sam@example.org": "A service user, an equal in a lab.",
    "zed@example.org": "A frontline worker of another organisation.",
    "ada@example.org": "An administrator. Sets things up, and reads nothing private.",
}
OTHERS_OF_A_KIND = 3


@login_not_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The cast, and a few others of each kind."""
    found = {person.email: person for person in _with_jobs().filter(email__in=CAST)}
    cast = [
        {"person": found[email], "hint": hint} for email, hint in CAST.items() if email in found
    ]
    rest = _with_jobs().exclude(email__in=CAST)
    others = [
        {"kind": label, "people": of_kind}
        for kind, label in Post.Kind.choices
        if (
            of_kind := rest.filter(posts__ended=None, posts__kind=kind).distinct()[
                :OTHERS_OF_A_KIND
            ]
        )
    ]
    return render(request, "home/demo.html", {"cast": cast, "others": others})


@login_not_required
@require_POST
def be(request: HttpRequest, pk: int) -> HttpResponse:
    return let_in(request, get_object_or_404(Person.objects.here(), pk=pk), reverse("home:home"))


def _with_jobs() -> QuerySet[Person]:
    """People here, each with `jobs`: the posts they hold now."""
    current = Post.objects.current().select_related("service__organisation")
    return Person.objects.here().prefetch_related(
        Prefetch("posts", queryset=current, to_attr="jobs")
    )
