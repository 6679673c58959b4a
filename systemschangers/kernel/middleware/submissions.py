"""Pressing twice makes one row: every form carries a key, and a key with the same words acts once."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from psycopg.errors import LockNotAvailable

from systemschangers.kernel.middleware.refusals import moved_on
from systemschangers.kernel.middleware.traceless import leaves_no_trace
from systemschangers.kernel.models import Submission

NOT_CONTENT = {"csrfmiddlewaretoken", "submission_key", "form_at"}
STILL_AT_IT = (
    "You have sent this once, and it is still being saved. Wait a little, then look again."
)
# A browser that goes back draws the form anew, with a new key and the old words. Where a form makes
# something, the same words from the same person a moment later are the same press. Not where a form turns
# something on and off; nor when they did anything in between, as throwing away what they had made.
MAKES = ("/new/", "/comments/")
LATELY = timedelta(minutes=10)
SENT_LATELY = (
    "You sent the same a moment ago, so nothing was added: here it is. To send it once more, change"
    " something."
)
INSERT = """
WITH lately AS (
  SELECT location FROM (
    SELECT digest, location FROM kernel_submission
     WHERE person_id = %(owner)s AND key <> %(key)s AND location <> '' AND made_at > %(lately)s
     ORDER BY id DESC LIMIT 1
  ) newest WHERE digest = %(digest)s
), added AS (
  INSERT INTO kernel_submission (key, digest, person_id, location, made_at)
  SELECT %(key)s, %(digest)s, %(owner)s, '', %(now)s WHERE NOT EXISTS (SELECT FROM lately)
  ON CONFLICT (key, digest) DO NOTHING RETURNING id
)
SELECT (SELECT id FROM added), (SELECT location FROM lately)
"""


class SubmissionMiddleware:
    """Runs a keyed POST in one transaction with its Submission row.

    The second of two presses waits on the unique key until the first commits, and is then led to
    where the first was. An answer that is not a redirect (a form with errors, a refusal) rolls
    everything back, the key included, so that it can be sent again. Costs two queries. After going
    back, a form that makes something leads to what it made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = _key(request)
        if key is None:
            return self.get_response(request)
        owner = request.user.pk if request.user.is_authenticated else None
        digest = _digest(request, owner)
        try:
            with transaction.atomic():
                row, lately = _take(request, key, digest, owner)
                if lately:
                    messages.info(request, SENT_LATELY)
                    return _answer(request, HttpResponseRedirect(lately))
                if row is None:
                    return _answer(request, _where_the_first_went(key, digest))
                response = self.get_response(request)
                if isinstance(response, HttpResponseRedirect) and not _must_sign_in(request):
                    Submission.objects.filter(pk=row).update(location=response.url)
                    return _answer(request, response)
                transaction.set_rollback(True)
                return response
        except _StillAtIt:
            return moved_on(STILL_AT_IT)


class _StillAtIt(Exception):
    """The first press holds the key for longer than we wait."""


def _key(request: HttpRequest) -> uuid.UUID | None:
    if request.method != "POST" or leaves_no_trace(request):
        return None
    try:
        return uuid.UUID(request.POST.get("submission_key", ""))
    except ValueError:
        return None


def _take(
    request: HttpRequest, key: uuid.UUID, digest: str, owner: int | None
) -> tuple[int | None, str]:
    """The number of the new row; None when the key was taken, once whoever took it has committed. And
    where the same words led that were sent a moment ago from a form drawn before, if they were."""
    now = timezone.now()
    makes = request.path.endswith(MAKES)
    given: dict[str, Any] = {"key": key, "digest": digest, "owner": owner, "now": now}
    try:
        with connection.cursor() as cursor:
            cursor.execute(INSERT, given | {"lately": now - LATELY if makes else now})
            row, lately = cursor.fetchone()
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise _StillAtIt from error
        raise
    return row, lately or ""


def _must_sign_in(request: HttpRequest) -> bool:
    """The redirect is not an answer to the form: its words are kept for after sign-in."""
    return hasattr(request, "must_sign_in")


def _answer(request: HttpRequest, redirect: HttpResponseRedirect) -> HttpResponse:
    """The redirect; for static/js/drafts.js the address alone, so that it knows the words arrived."""
    if "X-Draft" not in request.headers:
        return redirect
    answer = HttpResponse(status=204, headers={"Sent-To": redirect.url})
    answer.cookies = redirect.cookies
    return answer


def _where_the_first_went(key: uuid.UUID, digest: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(Submission.objects.get(key=key, digest=digest).location)


def _digest(request: HttpRequest, owner: int | None) -> str:
    """Of who sent what where: another person's form with the same key is another submission.

    A field left empty is as one that was not there: the same words sent again from a newer page,
    that has a field more, are the same words."""
    digest = hashlib.sha256(repr((owner, request.path)).encode("utf-8", "replace"))
    for name in sorted(request.POST.keys() - NOT_CONTENT):
        if said := [value for value in request.POST.getlist(name) if value]:
            digest.update(repr((name, said)).encode("utf-8", "replace"))
    for name in sorted(request.FILES):
        for upload in request.FILES.getlist(name):
            digest.update(repr((name, upload.name, upload.size)).encode("utf-8", "replace"))
            for chunk in upload.chunks():
                digest.update(chunk)
            upload.seek(0)
    return digest.hexdigest()
