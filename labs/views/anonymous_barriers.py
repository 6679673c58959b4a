"""Pages that know nobody (settings.TRACELESS): no session, no message kept for later, no address with a
code in it. What there is to say is said in the answer to the press itself."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cohorts.forms.words import attempt
from labs import barrier_page, receipts
from labs.actions.barriers import held
from labs.forms.barriers import AnonymousForm, ReceiptForm, ReceiptVerdictForm
from labs.models import Barrier
from labs.models.barrier_answers import BarrierAnswers
from systemschangers.kernel.lifecycle import WrongState

UNKNOWN = "We don’t know this receipt. Look at each letter and figure again."
TOO_MANY = (
    "Too many wrong receipts were tried just now, by whoever. For a few minutes we look none up. "
    "Yours is as good as ever: try again in ten minutes."
)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def anonymous(request: HttpRequest) -> HttpResponse:
    form = AnonymousForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        key = request.POST.get("submission_key", "")
        code = attempt(form, held.hold, answers=form.answers, key=key, at=timezone.now())
        if code:
            given = {"code": receipts.in_groups(code), "barrier": form.answers}
            return render(request, "labs/barriers/receipt_given.html", given)
    return render(request, "labs/barriers/anonymous.html", {"form": form})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Come back with a receipt: read what was answered, say whether it is fixed."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        return render(request, "labs/barriers/receipt.html", {"form": form})
    code = form.cleaned_data["code"]
    try:
        found = receipts.find(code, at=timezone.now())
    except receipts.TooManyWrong:
        form.add_error(None, TOO_MANY)
        return render(request, "labs/barriers/receipt.html", {"form": form}, status=429)
    if found is None:
        form.add_error("code", UNKNOWN)
        return render(request, "labs/barriers/receipt.html", {"form": form})
    if not isinstance(found, Barrier):
        return _held(request, found, code)
    return _shown(request, found, code)


def _held(request: HttpRequest, found: BarrierAnswers, code: str) -> HttpResponse:
    if "throw_away" in request.POST:
        gone = held.throw_away(code=code)
        return render(request, "labs/barriers/thrown_away.html", {"gone": gone})
    context = {"barrier": found, "code": code, "answers": barrier_page.answers(found)}
    return render(request, "labs/barriers/by_receipt.html", context)


def _shown(request: HttpRequest, found: Barrier, code: str) -> HttpResponse:
    says, refused = request.POST.get("says", ""), ""
    form = ReceiptVerdictForm(request.POST if says else None, auto_id="verdict_%s")
    if says in (held.FIXED, held.NOT_FIXED) and form.is_valid():
        try:
            said = held.answer_by_receipt(code=code, says=says, words=form.cleaned_data["words"])
            found.receipt_says, found.receipt_words = said.receipt_says, said.receipt_words
        except (WrongState, ValidationError) as error:
            refused = error.messages[0] if isinstance(error, ValidationError) else str(error)
    context = {
        "barrier": found,
        "code": code,
        "shown": True,
        "answers": barrier_page.answers(found),
        "history": barrier_page.history(found),
        "form": form,
        "refused": refused,
        "may_confirm": found.state in Barrier.CONFIRM.sources and found.asked_on is not None,
        "may_reopen": found.state in Barrier.REOPEN.sources,
    }
    return render(request, "labs/barriers/by_receipt.html", context)
