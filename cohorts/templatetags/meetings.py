"""Filters for pages of meetings across services."""

from __future__ import annotations

from django import template

from cohorts.models import Person
from cohorts.peer_standing import where_they_work

register = template.Library()


@register.filter
def works_at(person: Person) -> str:
    """“Outreach worker, Street outreach, Eastmere Council”; the person comes with `current_posts`."""
    return where_they_work(person)
