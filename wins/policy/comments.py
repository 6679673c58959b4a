from __future__ import annotations

from cohorts.models import Person
from systemschangers.kernel.policy import YES, Verdict, no
from wins.models import Comment, Win


def may_comment(person: Person, win: Win) -> Verdict:
    if win.state != Win.State.LOGGED:
        return no("This win is not on the wall at the moment, so nobody can comment on it.")
    if win.visibility == Win.Visibility.ONLY_ME:
        return no("Only you see this win.")
    return YES


def may_edit_comment(person: Person, comment: Comment) -> Verdict:
    if comment.author_id != person.pk:
        return no("Only the person who wrote a comment can change it.")
    if comment.hidden_at:
        return no("Programme staff have hidden this comment. Talk to them, or remove it.")
    return YES


def may_remove_comment(person: Person, comment: Comment) -> Verdict:
    if comment.author_id != person.pk:
        return no("Only the person who wrote a comment can remove it.")
    return YES


def may_hide_comment(person: Person, comment: Comment) -> Verdict:
    """Programme staff, with a reason its author reads; one's own one removes."""
    if not person.reach.is_programme_staff:
        return no("Only programme staff can hide a comment.")
    if comment.author_id == person.pk:
        return no("This comment is yours. You can remove it yourself.")
    return YES
