from __future__ import annotations

from .row import NEVER, Row

ANSWERS = {f"c{number}": "3" for number in range(1, 14)}
WITH_A_POST = "200 sam,ada=403"

ROWS = {
    "wins:pulse": Row("200", NEVER),
    "wins:pulse_answers": Row(WITH_A_POST, "302 sam,ada=403", data=ANSWERS),
    "wins:pulse_condition": Row("200", NEVER, path="/pulse/conditions/8/"),
}
