from __future__ import annotations

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cohorts import policy
from cohorts.actions import leaving as actions
from cohorts.download import archive
from cohorts.forms.leaving import LeavingForm
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.personal_data import what_leaving_does


@require_GET
def download(request: PersonRequest) -> StreamingHttpResponse:
    now = timezone.now()
    actions.record_download(by=request.user, at=now)
    response = StreamingHttpResponse(archive(request.user, now), content_type="application/zip")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="systems-changers-{timezone.localdate(now)}.zip"'
    )
    return response


@require_http_methods(["GET", "POST"])
def leaving(request: PersonRequest) -> HttpResponse:
    person = request.user
    may = policy.may_leave(person)
    if request.method == "POST":
        may.require()
    form = open_form(LeavingForm, request, person=person)
    if request.method == "POST" and form.is_valid():
        went_to = form.cleaned_data.get("went_to", "")
        actions.leave(by=person, went_to=went_to, at=timezone.now())
        logout(request)
        return redirect("cohorts:left")
    context = {"form": form, "may": may, "farewell": what_leaving_does(person)}
    return render(request, "cohorts/leaving/leaving.html", context)


@login_not_required
@require_GET
def left(request: HttpRequest) -> HttpResponse:
    return render(request, "cohorts/leaving/left.html")
