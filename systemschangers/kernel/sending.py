"""How a letter leaves: retried until the mail server takes it, and never sent twice.

A letter is claimed, and the claim committed, just before the mail server is given it. What follows
is one of three things:

- the server says yes: sent, and its words are wiped;
- it fails and cannot have arrived (no connection, a refusal): the claim is lifted and the letter
  tried again, after longer and longer, for three days;
- nobody can know (the connection, or this process, died between the words and the server's
  answer): given up, not sent again. A letter too few can be asked for again, and what it tells of
  is on the person's page; a letter twice cannot be taken back.
"""

from __future__ import annotations

import logging
import smtplib
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import Q, QuerySet

from systemschangers.kernel.models import Letter

log = logging.getLogger(__name__)

BATCH, BATCHES = 20, 50
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
PATIENCE = timedelta(days=3)
LOST_SENDER_AFTER = timedelta(minutes=10)
IN_DOUBT = "not known whether it arrived; not sent again"


def send(letter_id: int, *, at: datetime) -> bool:
    """Send one letter if it is due. True when it went."""
    return _send([letter_id], at) == 1


def send_due(*, at: datetime) -> int:
    """Send all that is due, oldest first: retries, and letters whose job was lost. Returns how many went."""
    _close_the_lost(at)
    sent = 0
    for _ in range(BATCHES):
        went = _send(list(due(at).order_by("made_at").values_list("pk", flat=True)[:BATCH]), at)
        if not went:
            break
        sent += went
    return sent


def due(at: datetime) -> QuerySet[Letter]:
    return Letter.objects.filter(
        Q(try_after=None) | Q(try_after__lte=at), sent_at=None, given_up_at=None, claimed_at=None
    )


def _send(ids: list[int], at: datetime) -> int:
    if not due(at).filter(pk__in=ids).exists():
        return 0
    office = post_office()
    try:
        office.open()
    except Exception as error:  # whatever a backend raises, nothing was handed over
        for pk in ids:
            with transaction.atomic():
                if letter := _claim(pk, at):
                    _failed(letter, error, in_doubt=False, at=at)
        return 0
    try:
        return sum(_send_one(office, pk, at) for pk in ids)
    finally:
        office.close()


def _send_one(office: Any, pk: int, at: datetime) -> bool:
    letter = _claim(pk, at)
    if letter is None:
        return False
    try:
        office.open()
        office.send_messages([message(letter)])
    except Exception as error:  # whatever a backend raises, the letter must not be left claimed
        _failed(letter, error, in_doubt=getattr(office, "in_doubt", False), at=at)
        office.close()
        return False
    letter.sent_at, letter.claimed_at, letter.problem = at, None, ""
    _close(letter)
    return True


def _claim(pk: int, at: datetime) -> Letter | None:
    """The letter, ours alone to send and committed as such; None when it is not due or not ours."""
    with transaction.atomic():
        letter = due(at).select_for_update(skip_locked=True).filter(pk=pk).first()
        if letter is None:
            return None
        if letter.no_use_after and letter.no_use_after < at:
            letter.given_up_at, letter.problem = at, "it would have come too late to be of use"
            _close(letter)
            return None
        letter.claimed_at, letter.tries = at, letter.tries + 1
        letter.save(update_fields=["claimed_at", "tries"])
        return letter


def _failed(letter: Letter, error: Exception, *, in_doubt: bool, at: datetime) -> None:
    wait = min(FIRST_WAIT * 2 ** min(letter.tries - 1, 20), LONGEST_WAIT)
    letter.problem, letter.claimed_at = _in_words(error), None
    if in_doubt:
        letter.given_up_at, letter.problem = at, IN_DOUBT
    elif _refused_for_good(error) or at + wait > letter.made_at + PATIENCE:
        letter.given_up_at = at
    log.warning(
        "letter %s, try %s: %s%s",
        letter.pk,
        letter.tries,
        letter.problem,
        ", given up" if letter.given_up_at else "",
    )
    if letter.given_up_at:
        _close(letter)
    else:
        letter.try_after = at + wait
        letter.save(update_fields=["claimed_at", "problem", "try_after"])


def _close(letter: Letter) -> None:
    if not settings.MAIL_STAYS_HERE:
        letter.text = letter.html = letter.calendar = letter.stop = ""
    letter.save()


def _close_the_lost(at: datetime) -> None:
    """Letters whose sender died with them in its hands: nobody knows, so they are not sent again."""
    lost = Letter.objects.filter(
        claimed_at__lt=at - LOST_SENDER_AFTER, sent_at=None, given_up_at=None
    )
    lost.update(claimed_at=None, given_up_at=at, problem=IN_DOUBT, text="", html="", calendar="")


def _refused_for_good(error: Exception) -> bool:
    """The server says that there is no such address, and will say so tomorrow."""
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        500 <= code < 600 for code, _ in error.recipients.values()
    )


def _in_words(error: Exception) -> str:
    """What went wrong, without what the server said: that often repeats the address."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()


def post_office() -> Any:
    """The configured mail backend; SMTP through ours, which knows when a letter is in doubt."""
    backend = settings.EMAIL_BACKEND
    if backend == "django.core.mail.backends.smtp.EmailBackend":
        backend = "systemschangers.kernel.smtp.EmailBackend"
    return get_connection(backend)


def message(letter: Letter) -> EmailMultiAlternatives:
    """The e-mail of a letter. Its Message-ID is the same at every try."""
    host = urlsplit(settings.SITE_ADDRESS).hostname
    headers = {
        "Message-ID": f"<letter.{letter.pk}.{letter.made_at:%Y%m%d%H%M%S%f}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
    if letter.stop:
        headers["List-Unsubscribe"] = f"<{letter.stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[letter.to],
        headers=headers,
    )
    if letter.html:
        mail.attach_alternative(letter.html, "text/html")
    if letter.calendar:
        method = "CANCEL" if "METHOD:CANCEL" in letter.calendar else "REQUEST"
        mail.attach_alternative(letter.calendar, f"text/calendar; method={method}")
    return mail
