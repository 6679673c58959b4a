"""Stories as a page shows them: each with how long its teller has been on the frontline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from cohorts.frontline_time import FrontlineTime
from cohorts.models import Person, Post
from wins.models import Story

NEW_FOR = timedelta(days=30)
SHOWN_TO_WHO_IS_NEW = 3


@dataclass(frozen=True)
class Shown:
    story: Story
    time: FrontlineTime | None
    post: Post | None

    @property
    def line(self) -> str:
        """Who tells it: “Outreach worker, Street Outreach. 9 years on the frontline.”"""
        if self.post and self.time:
            where = f"{self.post.title}, {self.post.service.name}"
            return f"{where}. {_upper(self.time.words)} on the frontline."
        if self.time and self.time.left:
            until = f"{self.time.left:%B %Y}"
            return f"{_upper(self.time.words)} on the frontline, until {until}."
        return ""


def shown(stories: Iterable[Story], today: date) -> list[Shown]:
    """For stories from `for_list`; no query."""
    return [Shown(story, story.frontline_time(today), story.post_now) for story in stories]


def for_who_is_new(person: Person, now: datetime) -> list[Shown]:
    """The newest stories of others who are on the frontline, for a worker in their first thirty days.

    Two queries for them, none for everybody else."""
    kinds = person.reach.kinds
    is_worker = Post.Kind.FRONTLINE in kinds or not kinds
    if not is_worker or now - person.joined_at > NEW_FOR:
        return []
    stories = Story.objects.visible_to(person).published().told_from_the_frontline()
    newest = stories.exclude(author=person).for_list().order_by("-published_at", "-id")
    return shown(newest[:SHOWN_TO_WHO_IS_NEW], timezone.localdate(now))


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
