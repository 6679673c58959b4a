"""Which photos are on something: wins and stories keep theirs in one store."""

from __future__ import annotations

from wins.models import Story, Win
from wins.photos import KeptPhoto, copy_of


def used() -> set[str]:
    """The names of all photos that are on a win or a story."""
    names: set[str] = set()
    for model in (Win, Story):
        names |= set(model._default_manager.exclude(photo="").values_list("photo", flat=True))
    return names


def own_file(photo: KeptPhoto, thing: Win | Story) -> KeptPhoto:
    """The photo for `thing`: a copy when it is on something else, so that no two share a file."""
    for model in (Win, Story):
        on = model._default_manager.filter(photo=photo.name)
        if isinstance(thing, model):
            on = on.exclude(pk=thing.pk)
        if on.exists():
            return copy_of(photo)
    return photo
