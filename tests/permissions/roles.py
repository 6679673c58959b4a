from __future__ import annotations

from .row import NEVER, Row

# A check-in that waits for Ana: hers alone, signed in or by the link in her letter.
_ANSWER = {"where": "same", "in_a_year": "unsure"}
ROWS = {
    "cohorts:role_check_in": Row("404 ana=200", "404 ana=302", of="check_in", data=_ANSWER),
    "cohorts:check_in_link": Row(
        "403 nobody,ana=200", "403 nobody,ana=302", of="check_in_token", data=_ANSWER
    ),
    "cohorts:check_in_done": Row("200 nobody=200", "405 nobody=405"),
    "cohorts:stay_rates": Row("200", NEVER),
    "cohorts:stay": Row("200", NEVER, of="cohort"),
}
