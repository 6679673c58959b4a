from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.pointed_out import fingerprint
from systemschangers.kernel.threads import threads_of
from wins import photos, seen_by
from wins.actions import wins as actions
from wins.forms.comments import CommentForm
from wins.forms.wins import WinForm, told_of
from wins.looking_over import look_over, not_there_before
from wins.models import Appreciation, Comment, Ripple, SelectionRound, Win
from wins.models.things import key_of
from wins.policy import may_appreciate, may_comment, may_edit, may_put_back, why_set_aside
from wins.policy.measures import may_measure


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Log a small win: one field is enough."""
    form = open_form(WinForm, request, **_for(request), came_of=_earlier(request))
    if request.method == "POST" and (form.is_valid() or _only_the_photo_is_wrong(form)):
        return _answer_new(request, form)
    return _show_form(request, form)


def _answer_new(request: PersonRequest, form: WinForm) -> HttpResponse:
    telling, now = form.telling(), timezone.now()
    if "photo" in form.errors:
        win = actions.save_draft(telling=telling, by=request.user, at=now)
        return _mend_photo(win, form)
    if "draft" in request.POST:
        win = actions.save_draft(telling=telling, by=request.user, at=now)
        return _kept_as_draft(request)
    if telling.visibility != Win.Visibility.ONLY_ME and look_over(telling, request.user):
        win = actions.save_draft(telling=telling, by=request.user, at=now)
        return redirect("wins:logging", win.pk)
    win = actions.log(telling=telling, by=request.user, at=now)
    messages.success(request, f"Logged. Seen by {form.chosen.who}.")
    return redirect(win)


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a win or a draft. A form opened on an older version overwrites nothing."""
    win = get_object_or_404(Win.objects.visible_to(request.user).defer("search"), pk=pk)
    may_edit(request.user, win).require()
    if request.method == "GET" and request.GET.get("photo") in photos.PROBLEMS:
        return _show_form(request, _with_photo_problem(request, win))
    form = open_form(WinForm, request, **_for(request), win=win)
    if request.method == "GET" or "again" in request.POST:
        return _show_form(request, form)
    draft = win.state == Win.State.DRAFT
    if form.is_valid() or (draft and _only_the_photo_is_wrong(form)):
        try:
            return _answer_edit(request, form, win)
        except actions.EditedMeanwhile as meanwhile:
            return _show_both(request, form, meanwhile.now)
    return _show_form(request, form)


def _answer_edit(request: PersonRequest, form: WinForm, win: Win) -> HttpResponse:
    telling, draft = form.telling(), win.state == Win.State.DRAFT
    wide = telling.visibility != Win.Visibility.ONLY_ME
    if form.cleaned_data["version"] != win.version:
        raise actions.EditedMeanwhile(win)
    if wide and not draft and "photo" not in form.errors:
        pointed = look_over(telling, request.user)
        if win.visibility != Win.Visibility.ONLY_ME:
            pointed = not_there_before(pointed, look_over(win, request.user))
        if pointed and form.cleaned_data["checked"] != fingerprint(pointed):
            return _show_form(request, form, pointed=pointed)
    before = seen_by.current(form.sharing, win)
    win = actions.edit(
        win=win,
        telling=telling,
        version=form.cleaned_data["version"] or 0,
        by=request.user,
        at=timezone.now(),
    )
    if "photo" in form.errors:
        return _mend_photo(win, form)
    if draft and "draft" in request.POST:
        return _kept_as_draft(request)
    if draft:
        return _log_edited_draft(request, form, win)
    changed = before is None or before.value != form.chosen.value
    messages.success(request, f"Saved. Now seen by {form.chosen.who}." if changed else "Saved.")
    return redirect(win)


def _log_edited_draft(request: PersonRequest, form: WinForm, win: Win) -> HttpResponse:
    if win.visibility != Win.Visibility.ONLY_ME and look_over(win, request.user):
        return redirect("wins:logging", win.pk)
    actions.log_draft(win=win, version=win.version, by=request.user, at=timezone.now())
    messages.success(request, f"Logged. Seen by {form.chosen.who}.")
    return redirect(win)


@require_safe
def win(request: PersonRequest, pk: int) -> HttpResponse:
    """A win's own page, with what was said of it."""
    one = get_object_or_404(Win.objects.visible_to(request.user).for_detail(), pk=pk)
    mine = one.author_id == request.user.pk
    comments = Comment.objects.visible_to(request.user).filter(win=one).select_related("author")
    context: dict[str, Any] = {
        "win": one,
        "mine": mine,
        "thing_key": key_of(one),
        "ripples": Ripple.objects.of(key_of(one)).shown().count(),
        "threads": threads_of(one, request.user),
        "comments": comments,
        "comment_form": open_form(CommentForm, request),
        "may_comment": may_comment(request.user, one),
        "may_hide": request.user.reach.is_programme_staff,
        "may_appreciate": may_appreciate(request.user, one),
        "my_appreciations": {
            said.kind for said in one.appreciations.all() if said.person_id == request.user.pk
        },
        "kinds": Appreciation.Kind,
        "open_round": one.state == Win.State.LOGGED and SelectionRound.objects.open().exists(),
    }
    if mine:
        context["seen_by"] = seen_by.current(seen_by.choices(request.user, one), one)
        context["may_put_back"] = may_put_back(request.user, one)
        context["may_measure"] = may_measure(request.user, one)
        if one.state == Win.State.SET_ASIDE:
            context["why"] = why_set_aside(one)
    return render(request, "wins/wins/detail.html", context)


# --- What the two forms share ---------------------------------------------------------------------


def _for(request: PersonRequest) -> dict[str, Any]:
    return {"person": request.user, "today": timezone.localdate()}


def _earlier(request: PersonRequest) -> Win | None:
    """The win this one came of, where the link that led here says so."""
    came_of = request.GET.get("came_of", "")
    if not (came_of.isascii() and came_of.isdigit()):
        return None
    return Win.objects.visible_to(request.user).defer("search").filter(pk=int(came_of)).first()


def _only_the_photo_is_wrong(form: WinForm) -> bool:
    return set(form.errors) == {"photo"}


def _mend_photo(win: Win, form: WinForm) -> HttpResponse:
    """The words are safe in a draft; the form comes back with what is wrong with the photo."""
    code = form.errors.as_data()["photo"][0].code
    return redirect(f"{reverse('wins:edit', args=[win.pk])}?photo={code}#id_photo")


def _with_photo_problem(request: PersonRequest, win: Win) -> WinForm:
    data = QueryDict(mutable=True)
    for name, value in told_of(win, seen_by.choices(request.user, win)).items():
        values = value if isinstance(value, list) else [value]
        data.setlist(name, ["" if one is None else str(one) for one in values])
    form = WinForm(data, **_for(request), win=win)
    form.add_error("photo", photos.PROBLEMS[request.GET["photo"]])
    return form


def _kept_as_draft(request: PersonRequest) -> HttpResponse:
    messages.success(request, "Kept as a draft. Only you can see it.")
    return redirect("wins:mine")


def _show_form(request: PersonRequest, form: WinForm, pointed: list | None = None) -> HttpResponse:
    if pointed:
        form.say_instead("checked", fingerprint(pointed))
    context = {"form": form, "win": form.win, "pointed": pointed or []}
    return render(request, "wins/wins/form.html", context)


def _show_both(request: PersonRequest, form: WinForm, now: Win) -> HttpResponse:
    """What was typed and what was saved meanwhile, side by side; nothing is changed yet."""
    not_words = {"csrfmiddlewaretoken", "submission_key", "form_at", "version", "again", "photo"}
    typed = [(name, value) for name, value in form.typed if name not in not_words]
    context = {"win": now, "mine": form.telling(), "typed": typed, "chosen": form.chosen}
    context["now_seen_by"] = seen_by.current(form.sharing, now)
    return render(request, "wins/wins/confirm_both.html", context, status=409)
