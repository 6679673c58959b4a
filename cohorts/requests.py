"""A request to a closed page: the middleware has made sure that somebody is signed in."""

from __future__ import annotations

from django.http import HttpRequest

from cohorts.models import Person


class PersonRequest(HttpRequest):
    user: Person
