"""What the wall is measured against, on the same server: nothing, and the ordinary Django way."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import ListView

from wins.models import Appreciation, Win


def empty(request: HttpRequest) -> HttpResponse:
    """The frame of every page, signed in, with nothing in it."""
    return render(request, "bench/empty.html")


class Plain(ListView):
    """The same 25 cards as anybody would write them: related rows fetched ahead, a template a card."""

    template_name = "bench/plain.html"
    context_object_name = "wins"

    def get_queryset(self):
        reach = self.request.user.reach
        return (
            Win.objects.filter(
                Q(author=self.request.user)
                | Q(visibility="everyone")
                | Q(visibility="service", service__in=reach.services)
                | Q(visibility="cohort", cohort__in=reach.cohorts),
                state="logged",
            )
            .select_related("author", "service__organisation")
            .prefetch_related("themes", "appreciations__person", "comments")
            .defer("search")
            .order_by("-logged_at", "-id")[:25]
        )

    def get_context_data(self, **context):
        return super().get_context_data(**context, kinds=Appreciation.Kind.choices)


plain = Plain.as_view()
