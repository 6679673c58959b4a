from __future__ import annotations

from .row import NEVER, POST_ONLY, Row

# A ripple of Ana's on her win for her service (Mo and Dee are in it), and one of Mo's that Mo took back.
# An outcome of Ana's that everyone sees, one she took back, and a draft of hers.
SEEN = "404 ana,mo,dee=200"
TOLD = {"what": "They do it too.", "happened_on": "2026-02-02"}
OWN = "404 ana=200"
ROWS = {
    "wins:ripples_newest": Row("200", NEVER),
    "wins:ripples": Row(SEEN, NEVER, of="win_key"),
    "wins:ripple_new": Row(SEEN, "404 ana,mo,dee=302", of="win_key", data=TOLD),
    "wins:ripple_led_to": Row(SEEN, "404 ana,mo,dee=302", of="ripple", data=TOLD),
    "wins:ripple_edit": Row("404 ana=200 mo,dee=403", "404 ana=200 mo,dee=403", of="ripple"),
    "wins:ripple_taking_back": Row(POST_ONLY, "404 ana=302 mo,dee=403", of="ripple"),
    "wins:ripple_putting_back": Row(POST_ONLY, "404 mo=302", of="ripple_back"),
    "wins:outcomes": Row("200", NEVER),
    "wins:outcome_new": Row("200", "200"),
    "wins:outcome": Row("200", NEVER, of="outcome"),
    "wins:outcome_edit": Row(OWN, OWN, of="outcome_draft"),
    "wins:outcome_showing": Row(OWN, "404 ana=409", of="outcome_draft"),
    "wins:outcome_rethinking": Row(POST_ONLY, "403 ana=302", of="outcome"),
    "wins:outcome_taking_back": Row(POST_ONLY, "403 ana=302", of="outcome"),
    "wins:outcome_putting_back": Row(POST_ONLY, "404 ana=302", of="outcome_back"),
    "wins:outcome_removal": Row("403 ana=200", "403 ana=302", of="outcome"),
    "wins:outcome_asking": Row("403 ana=200", "403 ana=200", of="outcome"),
    "wins:substantiation_step": Row(
        POST_ONLY, "404 ana=302", of="substantiation", data={"step": "again"}
    ),
    "wins:outcome_answer_done": Row("200 nobody=200", "405 nobody=405"),
    "wins:outcome_answer": Row("404 nobody=404", "404 nobody=404", of="token"),
}
