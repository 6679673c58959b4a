from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.pointed_out import Pointed
from wins.actions import comments as actions
from wins.forms.comments import CommentForm, HideCommentForm
from wins.looking_over import OF_A_COMMENT, not_looked_at
from wins.models import Comment, Win
from wins.policy.comments import may_comment, may_edit_comment, may_hide_comment


@require_http_methods(["GET", "POST"])
def comments(request: PersonRequest, pk: int) -> HttpResponse:
    """Write a comment: the form alone (GET, and when something is wrong), or a new one (POST)."""
    win = get_object_or_404(Win.objects.visible_to(request.user).select_related("author"), pk=pk)
    may_comment(request.user, win).require()
    form = open_form(CommentForm, request)
    pointed = _pointed(form, request)
    if form.is_bound and form.is_valid() and not pointed:
        written = actions.comment(
            win=win, words=form.cleaned_data["words"], by=request.user, at=timezone.now()
        )
        return redirect(f"{win.get_absolute_url()}#comment-{written.pk}")
    return render(
        request, "wins/comments/form.html", {"win": win, "form": form, "pointed": pointed}
    )


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    comment = _visible(request, pk)
    may_edit_comment(request.user, comment).require()
    form = open_form(
        CommentForm,
        request,
        initial={"words": comment.words, "version": comment.version},
    )
    pointed = _pointed(form, request, before=comment)
    if form.is_bound and form.is_valid() and not pointed:
        actions.edit(
            comment=comment,
            words=form.cleaned_data["words"],
            version=form.cleaned_data["version"] or 0,
            by=request.user,
            at=timezone.now(),
        )
        return redirect(f"{comment.win.get_absolute_url()}#comment-{pk}")
    context = {"win": comment.win, "form": form, "comment": comment, "pointed": pointed}
    return render(request, "wins/comments/form.html", context)


@require_POST
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    comment = _visible(request, pk)
    actions.remove(comment=comment, by=request.user, at=timezone.now())
    messages.success(
        request,
        "Your comment is removed.",
        extra_tags=f"undo:/comments/{comment.pk}/putting-back/",
    )
    return redirect(comment.win)


@require_POST
def putting_back(request: PersonRequest, pk: int) -> HttpResponse:
    own = Comment.objects.filter(author=request.user) | Comment.objects.visible_to(request.user)
    comment = get_object_or_404(
        own.filter(win__in=Win.objects.visible_to(request.user)).select_related("win"), pk=pk
    )
    actions.put_back(comment=comment, by=request.user, at=timezone.now())
    return redirect(f"{comment.win.get_absolute_url()}#comment-{pk}")


@require_http_methods(["GET", "POST"])
def hiding(request: PersonRequest, pk: int) -> HttpResponse:
    comment = _visible(request, pk)
    may_hide_comment(request.user, comment).require()
    form = open_form(HideCommentForm, request)
    if form.is_bound and form.is_valid():
        actions.hide(
            comment=comment,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, f"Hidden. {comment.author} can read why.")
        return redirect(comment.win)
    return render(request, "wins/comments/hide.html", {"comment": comment, "form": form})


def _pointed(
    form: CommentForm, request: PersonRequest, before: Comment | None = None
) -> list[Pointed]:
    if not (form.is_bound and form.is_valid()):
        return []
    return not_looked_at(form, request.user, OF_A_COMMENT, before=before)


def _visible(request: PersonRequest, pk: int) -> Comment:
    return get_object_or_404(
        Comment.objects.visible_to(request.user).select_related("win", "author"), pk=pk
    )
