from __future__ import annotations

from .row import POST_ONLY, Row

# A session on a win that everyone sees, of a lab that Ana, Cas and Sam are in.
IN = "404 ana,sam,cas=200"
TOLD = {"what": "They do it too.", "happened_on": "2026-02-02"}
ROWS = {
    "wins:ripple_session_new": Row("200", "200", of="open_key"),
    "wins:ripple_session": Row(IN, "405 nobody=302|405", of="ripple_session"),
    "wins:ripple_session_adding": Row(IN, "404 ana,sam,cas=302", of="ripple_session", data=TOLD),
    "wins:ripple_session_taking_back": Row(POST_ONLY, "404", of="ripple_session"),
    "wins:ripple_session_ending": Row(POST_ONLY, "404 ana,sam,cas=302", of="ripple_session"),
}
