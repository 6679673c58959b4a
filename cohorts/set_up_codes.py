"""The code that opens an empty place: whoever can read the server's secrets can print it."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.utils.crypto import salted_hmac


def set_up_code() -> str:
    """Twenty characters worked out from SECRET_KEY."""
    digits = salted_hmac("cohorts.set_up_code", settings.SECRET_KEY, algorithm="sha256").hexdigest()
    return "-".join(digits[start : start + 5] for start in range(0, 20, 5))


def is_set_up_code(code: str) -> bool:
    """However it was copied: spaces, capitals and missing dashes do not matter."""
    plain = "".join(character for character in code.lower() if character.isalnum())
    return hmac.compare_digest(plain.encode(), set_up_code().replace("-", "").encode())
