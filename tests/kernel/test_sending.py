"""Letters leave once: a mail server that is down loses nothing, and nothing goes twice."""

from __future__ import annotations

import threading
from datetime import timedelta
from time import monotonic

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from systemschangers.kernel import letters, sending
from systemschangers.kernel.models import Letter
from tests.kernel.fake_smtp import FakeMailServer

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def mail(settings):
    server = FakeMailServer().start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 2
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.SITE_ADDRESS = "https://changers.example"
    yield server
    server.stop()


def write(now, to="ana@example.org", **fields) -> Letter:
    fields = {"kind": "test", "subject": "Your code", "text": "It is 4711.", "at": now} | fields
    letter = letters.write(to=to, **fields)
    assert letter is not None
    return letter


def test_a_letter_goes_out_with_both_its_forms_and_its_words_are_wiped(db, mail, now):
    letter = write(now, html="<p>It is <b>4711</b>.</p>")
    assert sending.send(letter.pk, at=now)
    [message] = mail.received
    assert message["To"] == "ana@example.org"
    assert message["Subject"] == "Your code"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_body(("plain",)).get_content().strip() == "It is 4711."
    assert "<b>4711</b>" in message.get_body(("html",)).get_content()
    letter.refresh_from_db()
    assert (letter.sent_at, letter.text, letter.html, letter.tries) == (now, "", "", 1)


def test_where_mail_stays_here_its_words_are_kept_to_be_read(db, settings, now):
    settings.MAIL_STAYS_HERE = True
    letter = write(now)
    sending.send(letter.pk, at=now)
    letter.refresh_from_db()
    assert letter.sent_at == now
    assert letter.text == "It is 4711."


def test_a_letter_that_went_does_not_go_again(db, mail, now):
    letter = write(now)
    sending.send(letter.pk, at=now)
    assert not sending.send(letter.pk, at=now)
    assert sending.send_due(at=now + DAY) == 0
    assert len(mail.received) == 1


def test_a_mail_server_that_is_down_loses_nothing(db, mail, now):
    mail.stop()
    written = [write(now, to=f"person{number}@example.org") for number in range(30)]
    assert not sending.send(written[0].pk, at=now)
    assert sending.send_due(at=now) == 0
    assert Letter.objects.exclude(text="").count() == 30
    at = now
    for _ in range(12):  # most of a day of trying
        at += 2 * HOUR
        assert sending.send_due(at=at) == 0
    mail.start()
    assert sending.send_due(at=at + 6 * HOUR) == 30
    assert {message["To"] for message in mail.received} == {letter.to for letter in written}
    assert len(mail.received) == 30
    assert not Letter.objects.filter(sent_at=None).exists()


def test_it_is_tried_after_longer_and_longer_and_given_up_after_three_days(db, mail, now):
    mail.stop()
    letter, at, waits = write(now), now, []
    while letter.given_up_at is None:
        sending.send_due(at=at)
        letter.refresh_from_db()
        if letter.try_after and letter.try_after > at:
            waits.append(letter.try_after - at)
            assert sending.send_due(at=letter.try_after - timedelta(seconds=1)) == 0
            at = letter.try_after
    assert waits[:4] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]
    assert waits == sorted(waits)
    assert waits[-1] == 6 * HOUR
    assert timedelta(days=2, hours=12) < letter.given_up_at - now <= 3 * DAY
    assert letter.text == ""
    assert "ana@" not in letter.problem


@pytest.mark.parametrize("mood", ["busy", "later", "hangs_up_before"])
def test_a_failure_that_can_not_have_arrived_is_tried_again_and_arrives_once(db, mail, now, mood):
    letter = write(now)
    mail.mood = mood
    assert not sending.send(letter.pk, at=now)
    letter.refresh_from_db()
    assert letter.problem
    assert letter.claimed_at is None
    mail.mood = "takes"
    assert sending.send_due(at=now + MINUTE) == 1
    [message] = mail.received
    assert message["Message-ID"] == f"<letter.{letter.pk}.20260310143000000000@changers.example>"


def test_a_letter_that_may_have_arrived_is_never_sent_again(db, mail, now):
    letter = write(now)
    mail.mood = "hangs_up_after"
    sending.send(letter.pk, at=now)
    mail.mood = "takes"
    for later in (MINUTE, HOUR, DAY):
        sending.send_due(at=now + later)
    assert len(mail.received) == 1
    letter.refresh_from_db()
    assert letter.problem == sending.IN_DOUBT
    assert letter.given_up_at == now


def test_a_letter_whose_sender_died_handing_it_over_is_not_sent_again(db, mail, now):
    letter = write(now)
    Letter.objects.update(claimed_at=now, tries=1)  # committed, and then kill -9
    assert sending.send_due(at=now + 9 * MINUTE) == 0
    letter.refresh_from_db()
    assert letter.given_up_at is None  # its sender may only be slow
    assert sending.send_due(at=now + 11 * MINUTE) == 0
    letter.refresh_from_db()
    assert letter.problem == sending.IN_DOUBT
    assert mail.received == []


def test_an_address_that_is_not_there_is_given_up_at_once(db, mail, now):
    mail.mood = "no_such_address"
    letter = write(now)
    sending.send(letter.pk, at=now)
    letter.refresh_from_db()
    assert letter.given_up_at == now
    assert letter.problem == "SMTPRecipientsRefused"


def test_one_letter_that_fails_does_not_hold_up_the_others(db, mail, now):
    write(now, to="nobody@example.org")
    write(now, to="mo@example.org")
    assert sending.send_due(at=now + MINUTE) == 1
    assert [message["To"] for message in mail.received] == ["mo@example.org"]


def test_many_letters_share_one_connection(db, mail, now):
    for number in range(15):
        write(now, to=f"person{number}@example.org")
    assert sending.send_due(at=now) == 15
    assert mail.connections == 1


def test_a_code_that_would_come_too_late_is_not_sent(db, mail, now):
    letter = write(now, no_use_after=now + 15 * MINUTE)
    assert not sending.send(letter.pk, at=now + 16 * MINUTE)
    letter.refresh_from_db()
    assert letter.given_up_at == now + 16 * MINUTE
    assert letter.text == ""
    assert mail.received == []


def test_the_same_letter_can_not_be_written_twice(db, now):
    assert write(now, dedupe_key="once")
    again = letters.write(
        to="ana@example.org", kind="test", subject="x", text="x", at=now, dedupe_key="once"
    )
    assert again is None
    assert Letter.objects.count() == 1


def test_a_subject_can_not_smuggle_a_header_in(db, mail, now):
    letter = write(now, subject="Hello\r\nBcc: everyone@example.org")
    sending.send(letter.pk, at=now)
    [message] = mail.received
    assert message["Subject"] == "Hello Bcc: everyone@example.org"
    assert message["Bcc"] is None


def test_writing_a_letter_takes_no_longer_when_the_mail_server_hangs(db, settings, now):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "192.0.2.1", 25  # answers nobody
    began = monotonic()
    write(now)
    assert monotonic() - began < 10  # that server is waited for longer than that
    assert ProcrastinateJob.objects.get().task_name == "kernel.send_letter"


def test_two_senders_at_once_send_every_letter_once(transactional_db, mail, now):
    for number in range(12):
        write(now, to=f"person{number}@example.org")
    together = threading.Barrier(4)

    def work() -> None:
        together.wait()
        sending.send_due(at=now)
        connection.close()

    senders = [threading.Thread(target=work) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    to = [message["To"] for message in mail.received]
    assert sorted(to) == sorted({f"person{number}@example.org" for number in range(12)})
