"""Django's SMTP, which also tells whether a letter that failed may have arrived all the same."""

from __future__ import annotations

import smtplib

from django.core.mail.backends import smtp


class _Telling:
    """`in_doubt` is true from the moment the server asks for the words (354) until it answers.

    A connection lost then leaves open whether the server has taken the letter."""

    in_doubt = False

    def getreply(self) -> tuple[int, bytes]:
        code, words = super().getreply()  # type: ignore[misc]
        self.in_doubt = code == 354
        return code, words


class _SMTP(_Telling, smtplib.SMTP):
    pass


class _SMTP_SSL(_Telling, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _SMTP_SSL if self.use_ssl else _SMTP

    @property
    def in_doubt(self) -> bool:
        return bool(getattr(self.connection, "in_doubt", False))
