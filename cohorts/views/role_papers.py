"""A role statement beside an earlier version, on paper, and as a Word file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from cohorts.models import RoleStatement
from cohorts.role_documents import MEDIA_TYPE, as_word, standing_of
from cohorts.role_versions import SAME, compare

from .role_statements import visible


@require_safe
def comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """With the version before it, or with the one chosen by `?with=`, which the reader may see too."""
    it = visible(request, pk)
    others = RoleStatement.objects.visible_to(request.user).filter(series=it.series)
    others = others.exclude(pk=it.pk).order_by("-version")
    chosen = request.GET.get("with", "")
    wanted = {"version": int(chosen)} if _is_number(chosen) else {"version__lt": it.version}
    other = others.filter(**wanted).for_detail().first()
    older, newer = sorted((it, other), key=lambda one: one.version) if other else (it, None)
    pairs = compare(older, newer) if newer else []
    context = {
        "it": it,
        "older": older,
        "newer": newer,
        "changed": [pair for pair in pairs if pair.said != SAME],
        "same": [pair for pair in pairs if pair.said == SAME],
        "others": others[:20],
    }
    return render(request, "cohorts/role_statements/comparison.html", context)


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    it = visible(request, pk)
    context = {"it": it, "standing": standing_of(it)}
    return render(request, "cohorts/role_statements/sheet.html", context)


@require_safe
def docx(request: HttpRequest, pk: int) -> HttpResponse:
    it = visible(request, pk)
    name = f"{slugify(it.job_title) or 'role'}-version-{it.version}.docx"
    answer = HttpResponse(as_word(it), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 5
