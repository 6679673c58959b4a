"""Posts: added, changed, ended; one's own job title corrected. What changed is kept in the event."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from cohorts import audiences, events
from cohorts.actions import decisions
from cohorts.clashes import clashes_in_words
from cohorts.models import Person, Post, Service
from cohorts.policy import may_change_posts, may_correct_title
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState


@transaction.atomic
def add(
    *,
    person: Person,
    service: Service,
    title: str,
    kind: str,
    line_manager: Person | None,
    started: date,
    by: Person,
    at: datetime,
) -> Post:
    """Raises ValidationError when they have a post in that service, or would manage themselves."""
    may_change_posts(by).require()
    with clashes_in_words(Post):
        post = Post.objects.create(
            person=person,
            service=service,
            title=title,
            kind=kind,
            line_manager=line_manager,
            started=started,
        )
    activity.record(
        events.POST_ADDED, actor=by, target=post, at=at, notify=audiences.post_changed(post)
    )
    decisions.hand_over(worker=person, by=by, at=at)
    return post


@transaction.atomic
def change(
    *,
    post: Post,
    title: str,
    kind: str,
    line_manager: Person | None,
    started: date,
    by: Person,
    at: datetime,
) -> Post:
    """Put a current post right. The event keeps what kind and line manager were before.

    Raises WrongState for an ended post: the stay rate rests on it."""
    may_change_posts(by).require()
    post = _locked(post)
    if post.ended:
        raise WrongState("This post has ended, so it stays as it was.")
    changes: dict[str, Any] = {}
    if post.kind != kind:
        changes["kind"] = [post.kind, kind]
    manager_pk = line_manager.pk if line_manager else None
    if post.line_manager_id != manager_pk:
        changes["line_manager"] = [post.line_manager_id, manager_pk]
    if post.started != started:
        changes["started"] = [post.started.isoformat(), started.isoformat()]
    if post.title != title:
        changes["title"] = True
    post.title, post.kind, post.line_manager, post.started = title, kind, line_manager, started
    with clashes_in_words(Post):
        post.save()
    if changes:
        activity.record(
            events.POST_CHANGED,
            actor=by,
            target=post,
            at=at,
            notify=audiences.post_changed(post),
            changes=changes,
        )
    if "line_manager" in changes:
        decisions.hand_over(worker=post.person, by=by, at=at)
    return post


@transaction.atomic
def end(*, post: Post, on: date, went_to: str, by: Person, at: datetime) -> Post:
    """Raises WrongState when it has ended, ValidationError when `on` is before it started."""
    may_change_posts(by).require()
    post = _locked(post)
    post.end(on=on, went_to=went_to)
    with clashes_in_words(Post):
        post.save()
    activity.record(
        events.POST_ENDED,
        actor=by,
        target=post,
        at=at,
        notify=audiences.post_changed(post),
        on=on.isoformat(),
        went_to=went_to,
    )
    decisions.hand_over(worker=post.person, by=by, at=at)
    return post


@transaction.atomic
def correct_title(*, post: Post, title: str, by: Person, at: datetime) -> Post:
    post = _locked(post)
    may_correct_title(by, post).require()
    if post.title != title:
        post.title = title
        post.save(update_fields=["title"])
        activity.record(events.POST_CHANGED, actor=by, target=post, at=at, changes={"title": True})
    return post


def _locked(post: Post) -> Post:
    return Post.objects.select_for_update(of=("self",)).select_related("person").get(pk=post.pk)
