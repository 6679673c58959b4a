"""Role statements: the list, the builder and the page of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.actions import role_statements as actions
from cohorts.forms.role_statements import BuilderForm, StatementDecisionForm, written_in
from cohorts.forms.roles import SectionAdoptionForm
from cohorts.forms.words import attempt
from cohorts.line_managers import employer_of
from cohorts.models import Person, RoleClause, RoleStatement
from cohorts.policy.roles import (
    may_decide_statement,
    may_propose_statement,
    may_write,
    may_write_down,
)
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.pagination import page_by_key

MOST_CLAUSES = 500


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """One's own, and what others have proposed to one or one may read; newest first."""
    found = RoleStatement.objects.visible_to(request.user).for_list()
    page = page_by_key(found, request.GET.get("page", ""), key=("made_at", "id"))
    return render(request, "cohorts/role_statements/list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    post = person.posts.current().order_by("-started", "-id").first()
    initial = {"job_title": post.title if post else "", "edition": 1}
    form = open_form(BuilderForm, request, clauses=_offered(), initial=initial)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, actions.begin, **form.given(), by=person, at=timezone.now())
        if made:
            messages.success(request, "Kept as a draft. Only you can see it.")
            return redirect(made)
    return _builder(request, form, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found = visible(request, pk)
    may_write(person, found).require()
    if not found.is_editable:
        raise WrongState(f"This is “{found.get_state_display()}” now, so it stays as it is.")
    form = open_form(BuilderForm, request, clauses=_offered(found), initial=written_in(found))
    if request.method == "POST" and form.is_valid():
        edition = form.cleaned_data["edition"]
        given: dict[str, Any] = {"statement": found, "edition": edition, **form.given()}
        if attempt(form, actions.change, **given, by=person, at=timezone.now()):
            messages.success(request, "Saved.")
            return redirect(found)
    return _builder(request, form, found)


@require_safe
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    return page_of(request, found)


def page_of(
    request: HttpRequest,
    found: RoleStatement,
    form: StatementDecisionForm | None = None,
    adopting: SectionAdoptionForm | None = None,
) -> HttpResponse:
    person: Any = request.user
    adopts = found.may_be_adopted and may_write_down(person, found)
    employer = employer_of(found.worker) if adopts else None
    context = {
        "it": found,
        "form": form or StatementDecisionForm(initial={"edition": found.edition}),
        "employer": employer,
        "to_write_down": found.not_written_down_at(employer).count() if employer else 0,
        "adopting": adopting or SectionAdoptionForm(initial={"since": timezone.localdate()}),
        "versions": RoleStatement.objects.visible_to(person)
        .filter(series=found.series)
        .exclude(pk=found.pk)
        .order_by("-version")[:20],
        **_ways(person, found),
    }
    return render(request, "cohorts/role_statements/detail.html", context)


def visible(request: HttpRequest, pk: int) -> RoleStatement:
    seen = RoleStatement.objects.visible_to(request.user).for_detail()
    return get_object_or_404(seen, pk=pk)


def _ways(person: Person, found: RoleStatement) -> dict[str, Any]:
    """What this person can do with it now."""
    now, own = timezone.now(), found.worker_id == person.pk
    decides = found.state in RoleStatement.AGREE.sources
    return {
        "own": own,
        "proposal": may_propose_statement(person, found)
        if own and found.state in RoleStatement.PROPOSE.sources
        else None,
        "may_decide": decides and may_decide_statement(person, found, now),
        "may_talk": found.state in RoleStatement.TALK_THROUGH.sources,
        "deputy_for": None if found.manager_id == person.pk else found.manager,
        "may_take_back": own and found.state in RoleStatement.TAKE_BACK.sources,
        "may_begin_next": own and found.state == RoleStatement.State.AGREED,
    }


def _builder(request: HttpRequest, form: BuilderForm, it: RoleStatement | None) -> HttpResponse:
    groups = form.groups()
    missing = [group for group in groups if not group["picked"]]
    context = {"form": form, "groups": groups, "missing": missing, "it": it}
    return render(request, "cohorts/role_statements/form.html", context)


def _offered(statement: RoleStatement | None = None) -> list[RoleClause]:
    """The library, and what is in the statement though it was retired or reworded since."""
    offered = Q(retired_at=None, reworded_as=None)
    if statement is not None:
        offered |= Q(pk__in=[line.clause_id for line in statement.lines.all()])
    return list(RoleClause.objects.filter(offered).for_list()[:MOST_CLAUSES])
