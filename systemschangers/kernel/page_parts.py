"""Parts of a thing's page that a higher app knows of: what is measured about a practice, what it led to.

An app has a module `page_parts.py` (found by itself, as `admin.py` is) with:

    from systemschangers.kernel.page_parts import Part, shows

    @shows("cohorts.Practice", "cohorts.PeerMeeting")
    def ripples(reader, thing) -> Part | None:
        return Part("wins/ripples/_of_thing.html", {"many": …})

The thing's view gives `parts(request.user, thing)` to its template, which includes kernel/_parts.html
with them. Each part's template gets its context as `part`, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True)
class Part:
    template: str
    context: dict[str, Any]


Show = Callable[[Any, Any], Part | None]
_shown: dict[str, list[Show]] = defaultdict(list)


def shows(*labels: str) -> Callable[[Show], Show]:
    """For pages of the models with these labels. The reader may see the thing: its view has asked."""

    def keep(function: Show) -> Show:
        for label in labels:
            _shown[label.lower()].append(function)
        return function

    return keep


def parts(reader: Any, thing: models.Model) -> list[Part]:
    """What higher apps have to show `reader` on the page of `thing`."""
    autodiscover_modules("page_parts")
    found = (show(reader, thing) for show in _shown[thing._meta.label_lower])
    return [part for part in found if part]
