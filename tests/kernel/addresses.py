"""Every address of the site, read from the resolver, with its blanks filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver

BLANK = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
# allauth and the admin write a few as regular expressions: their groups, with something that fits.
REGEX_GROUPS = {"key": "abc-def", "uidb36": "1", "url": "x"}


def routes() -> list[str]:
    """As they are written: "wins/<int:pk>/edit/"."""
    return sorted({_plain(route) for _, route in _named(get_resolver().url_patterns)})


def names() -> list[str]:
    """The name of every address, "wins:edit" as the permission rows call it; its own part of the route
    where it has none."""
    return [name for name, _ in _named(get_resolver().url_patterns)]


def named_routes() -> dict[str, str]:
    """The route of each of `names`."""
    return {name: _plain(route) for name, route in _named(get_resolver().url_patterns)}


def fill(route: str, *, number: str = "1", text: str = "abc") -> str:
    """`route` as a path, each blank holding `number` where it takes one and else `text`."""
    kinds = {"int": number, "uuid": "00000000-0000-4000-8000-000000000000"}
    return "/" + BLANK.sub(lambda blank: kinds.get(blank["kind"] or "str", text), route)


def _named(patterns: list[Any], before: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or str(pattern.pattern)), here
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _named(pattern.url_patterns, here, inner)


def _plain(route: str) -> str:
    route = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda group: REGEX_GROUPS.get(group[1], "abc"), route)
    return re.sub(r"[\^$]|\\Z", "", route).replace("\\", "")
