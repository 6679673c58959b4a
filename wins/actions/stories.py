"""Telling how one stayed on the frontline and changed something from there. All of it is its teller’s."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import models, transaction

from cohorts.models import Person
from systemschangers.kernel import activity
from systemschangers.kernel.models import Thread
from systemschangers.kernel.threads import tie
from wins import events
from wins.erasing import erase_stories
from wins.models import Story
from wins.photo_use import own_file
from wins.photos import KeptPhoto
from wins.policy.stories import may_keep_story, may_remove_story, may_tell_story
from wins.story_ground import ground_of

WORDS = ("title", "words", "why_i_stay", "to_who_starts", "photo_alt")


@dataclass(frozen=True)
class Telling:
    """What a form can say of a story. `photo`: a new one, None to leave it."""

    title: str
    words: str
    why_i_stay: str = ""
    to_who_starts: str = ""
    photo: KeptPhoto | None = None
    photo_alt: str = ""


class EditedMeanwhile(Exception):
    """The story was changed since the form was opened. `now` is how it stands."""

    def __init__(self, now: Story) -> None:
        super().__init__("Your story was changed in another window.")
        self.now = now


@transaction.atomic
def begin(*, telling: Telling, by: Person, at: datetime) -> Story:
    """A draft that only `by` sees. Raises ValidationError when they have a story already."""
    may_tell_story(by).require()
    Person.objects.select_for_update().only("pk").get(pk=by.pk)
    if Story.objects.filter(author=by).exists():
        raise ValidationError("You have a story already. You can change that one.")
    story = Story(author=by, made_at=at)
    _say(story, telling)
    story.save()
    activity.record(events.STORY_BEGUN, actor=by, target=story, at=at)
    return story


@transaction.atomic
def edit(*, story: Story, telling: Telling, version: int, by: Person, at: datetime) -> Story:
    """Change it to what is told now; published, everyone reads it so at once.

    Raises EditedMeanwhile when `version` is not the latest."""
    story = _locked(story)
    may_keep_story(by, story).require()
    if story.version != version:
        raise EditedMeanwhile(story)
    old_photo = story.photo.name
    _say(story, telling)
    story.edit(at)
    story.save()
    if telling.photo and old_photo:
        transaction.on_commit(partial(default_storage.delete, old_photo))
    activity.record(events.STORY_EDITED, actor=by, target=story, at=at, version=story.version)
    return story


@transaction.atomic
def rest_on(*, story: Story, things: Iterable[models.Model], by: Person, at: datetime) -> Story:
    """What it rests on is now these. Things that are not `by`'s to name are left out."""
    story = _locked(story)
    may_keep_story(by, story).require()
    wanted = {(thing._meta.label_lower, thing.pk): thing for thing in things}
    may_name = {key for group in ground_of(by) for key in group.keys}
    there = Thread.objects.filter(
        source_type=Story._meta.label_lower, source_id=story.pk, kind=Thread.Kind.RESTS_ON
    )
    before = {(thread.target_type, thread.target_id): thread for thread in there}
    for key, thread in before.items():
        if key not in wanted and key in may_name:
            thread.delete()
    for key, thing in wanted.items():
        if key not in before and key in may_name:
            tie(story, Thread.Kind.RESTS_ON, thing, by=by, at=at)
    activity.record(events.STORY_RESTS_ON, actor=by, target=story, at=at)
    return story


@transaction.atomic
def publish(*, story: Story, version: int, by: Person, at: datetime) -> Story:
    """To everyone here, as it stands at `version`. Raises EditedMeanwhile when it is not that any more."""
    story = _locked(story)
    may_keep_story(by, story).require()
    story.publish(at=at)
    if story.version != version:
        raise EditedMeanwhile(story)
    story.save(update_fields=["state", "published_at"])
    activity.record(events.STORY_PUBLISHED, actor=by, target=story, at=at)
    return story


@transaction.atomic
def take_back(*, story: Story, by: Person, at: datetime) -> Story:
    """Only its teller sees it, until they publish it again."""
    story = _locked(story)
    may_keep_story(by, story).require()
    story.take_back()
    story.save(update_fields=["state"])
    activity.record(events.STORY_TAKEN_BACK, actor=by, target=story, at=at)
    return story


@transaction.atomic
def remove_photo(*, story: Story, by: Person, at: datetime) -> Story:
    """Take the photo off, and delete its file once that is certain. Without one, changes nothing."""
    story = _locked(story)
    may_keep_story(by, story).require()
    if name := story.photo.name:
        transaction.on_commit(partial(default_storage.delete, name))
        story.photo, story.photo_alt = "", ""
        story.photo_width = story.photo_height = None
        story.edit(at)
        story.save()
        activity.record(events.STORY_PHOTO_REMOVED, actor=by, target=story, at=at)
    return story


@transaction.atomic
def remove(*, story: Story, by: Person, at: datetime) -> None:
    """Delete it for good, with its photo and links. What it rests on stays. There is no way back."""
    story = _locked(story)
    may_remove_story(by, story).require()
    activity.record(events.STORY_REMOVED, actor=by, target=story, at=at)
    erase_stories(Story.objects.filter(pk=story.pk))


def _say(story: Story, telling: Telling) -> None:
    for name in ("title", "words"):
        if not getattr(telling, name).strip():
            raise ValidationError({name: "Fill this in: it is what people read first."})
    for name in WORDS:
        setattr(story, name, getattr(telling, name).strip())
    if telling.photo:
        photo = own_file(telling.photo, story)
        story.photo = photo.name
        story.photo_width, story.photo_height = photo.width, photo.height
    if not story.photo:
        story.photo_alt = ""


def _locked(story: Story) -> Story:
    """Its row held until the transaction ends, and read after."""
    Story.objects.select_for_update().only("pk").get(pk=story.pk)
    return Story.objects.select_related("author").get(pk=story.pk)
