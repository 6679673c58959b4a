"""How long somebody has been on the frontline, worked out from their posts and kept nowhere.

Posts that overlap are counted once; time between two posts is not counted; managers’, leaders’ and
programme staff’s posts are not the frontline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch

from cohorts.models import Post

YEAR = 365.25


@dataclass(frozen=True)
class FrontlineTime:
    """`days` on the frontline, the first of them `since`; `left` when the last such post ended,
    None for whoever is there now."""

    days: int
    since: date
    left: date | None

    @property
    def words(self) -> str:
        """In whole years, as people say it; the months only in the first two."""
        months = round(self.days / YEAR * 12 - 0.5)
        if months < 1:
            return "less than a month"
        if months < 12:
            return f"{months} month{'s' if months > 1 else ''}"
        years, rest = divmod(months, 12)
        said = f"{years} year{'s' if years > 1 else ''}"
        if years < 2 and rest:
            said += f" and {rest} month{'s' if rest > 1 else ''}"
        return said


def frontline_posts(path: str) -> Prefetch:
    """The frontline posts of the people at `path`, as their `frontline_posts`: one query for a list."""
    posts = Post.objects.filter(kind=Post.Kind.FRONTLINE).select_related("service__organisation")
    return Prefetch(path, queryset=posts.order_by("started", "id"), to_attr="frontline_posts")


def time_on_frontline(posts: Iterable[Post], today: date) -> FrontlineTime | None:
    """Of these posts the frontline ones, each from its first day to the day before it ended, or to
    `today`. None when there is none that has begun."""
    spans = sorted(
        (post.started, post.ended or today + timedelta(days=1), post.ended)
        for post in posts
        if post.kind == Post.Kind.FRONTLINE and post.started <= today
    )
    if not spans:
        return None
    days, reached = 0, spans[0][0]
    for start, end, _ in spans:
        begins = max(start, reached)
        days += max(0, (min(end, today + timedelta(days=1)) - begins).days)
        reached = max(reached, end)
    over = [ended for _, _, ended in spans if ended and ended <= today]
    left = max(over) if len(over) == len(spans) else None
    return FrontlineTime(days, spans[0][0], left)
