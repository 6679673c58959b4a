"""Words under a win: written, changed, removed, hidden, and put back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cohorts.models import Person
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState
from wins import events
from wins.models import Comment, Win
from wins.policy.comments import (
    may_comment,
    may_edit_comment,
    may_hide_comment,
    may_remove_comment,
)


@transaction.atomic
def comment(*, win: Win, words: str, by: Person, at: datetime) -> Comment:
    """Add a comment; the author and those who spoke before hear of it."""
    win = Win.objects.select_for_update(of=("self",)).select_related("author").get(pk=win.pk)
    may_comment(by, win).require()
    written = Comment.objects.create(win=win, author=by, words=words, made_at=at)
    spoke = Person.objects.here().filter(
        comments__win=win, comments__removed_at=None, comments__hidden_at=None
    )
    hearers = {win.author, *spoke}
    activity.record(
        events.COMMENT_WRITTEN,
        actor=by,
        target=written,
        at=at,
        notify=[person for person in hearers if _sees(person, win)],
        win=win.pk,
    )
    _touch(win, at)
    return written


@transaction.atomic
def edit(*, comment: Comment, words: str, version: int, by: Person, at: datetime) -> Comment:
    """Change one's comment. Raises WrongState when it was changed since `version` was read."""
    comment = _locked(comment)
    may_edit_comment(by, comment).require()
    if comment.version != version:
        raise WrongState("You changed this comment in another window. Open it again to go on.")
    comment.words, comment.edited_at, comment.version = words, at, version + 1
    comment.save(update_fields=["words", "edited_at", "version"])
    activity.record(events.COMMENT_EDITED, actor=by, target=comment, at=at)
    return comment


@transaction.atomic
def remove(*, comment: Comment, by: Person, at: datetime) -> None:
    """Take one's comment away. It can be put back."""
    comment = _locked(comment)
    may_remove_comment(by, comment).require()
    if comment.removed_at is None:
        comment.removed_at = at
        comment.save(update_fields=["removed_at"])
        activity.record(events.COMMENT_REMOVED, actor=by, target=comment, at=at)
        _touch(comment.win, at)


@transaction.atomic
def put_back(*, comment: Comment, by: Person, at: datetime) -> None:
    """Undo a removal (its author) or a hiding (programme staff)."""
    comment = _locked(comment)
    if comment.removed_at is not None:
        may_remove_comment(by, comment).require()
        comment.removed_at = None
    else:
        may_hide_comment(by, comment).require()
        comment.hidden_at, comment.hidden_by, comment.hidden_reason = None, None, ""
    comment.save(update_fields=["removed_at", "hidden_at", "hidden_by", "hidden_reason"])
    activity.record(
        events.COMMENT_PUT_BACK, actor=by, target=comment, at=at, notify=[comment.author]
    )
    _touch(comment.win, at)


@transaction.atomic
def hide(*, comment: Comment, reason: str, by: Person, at: datetime) -> None:
    """Hide a comment from everyone but its author, who reads the reason."""
    comment = _locked(comment)
    may_hide_comment(by, comment).require()
    if comment.hidden_at is not None:
        raise WrongState(f"{comment.hidden_by} has already hidden this comment.")
    comment.hidden_at, comment.hidden_by, comment.hidden_reason = at, by, reason
    comment.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    activity.record(events.COMMENT_HIDDEN, actor=by, target=comment, at=at, notify=[comment.author])
    _touch(comment.win, at)


def _locked(comment: Comment) -> Comment:
    """The comment as it stands, its row held. Locked first and read after: after waiting for a lock
    PostgreSQL reads the row anew but not what was joined to it."""
    Comment.objects.select_for_update().filter(pk=comment.pk).order_by().values_list("pk").get()
    return Comment.objects.select_related("author", "win", "hidden_by").get(pk=comment.pk)


def _touch(win: Win, at: datetime) -> None:
    Win.objects.filter(pk=win.pk).update(touched_at=at)


def _sees(person: Person, win: Win) -> bool:
    return Win.objects.visible_to(person).filter(pk=win.pk).exists()
