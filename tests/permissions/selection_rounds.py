from __future__ import annotations

from .row import NEVER, POST_ONLY, Row

# Mo, Dee and Lee are the first panel, Cas and Sam on the second. Zed and Ana were put forward; Mo
# proposes Ana’s. In the open round Zed asks Ana, and only Mo has a place.
CAS = "403 cas=200"
ROUND = {"domain": "Trust", "starts": "2026-01-01", "ends": "2026-03-01", "version": "1"}

ROWS = {
    "wins:selection_rounds": Row("200", NEVER),
    "wins:selection_round_new": Row(CAS, "403 cas=302", data=ROUND),
    "wins:selection_round": Row("200", NEVER, of="selection_first"),
    "wins:selection_round_edit": Row(CAS, "403 cas=302", of="selection_draft", data=ROUND),
    "wins:selection_round_step": Row(
        POST_ONLY, "403 cas=302", of="selection_open", data={"step": "call_off"}
    ),
    "wins:selection_seats": Row(
        CAS, "403 cas=302", of="selection_open", data={"person": "Zed Kowalski", "level": "1"}
    ),
    "wins:panel_seat_removal": Row(POST_ONLY, "403 mo,cas=302", of="panel_seat"),
    "wins:nomination_new": Row("200", "200"),
    "wins:nomination": Row("404 zed,mo,dee,lee=200", NEVER, of="to_choose"),
    "wins:nomination_step": Row(
        POST_ONLY, "404 ana=302 zed=403", of="nomination_asked", data={"step": "consent"}
    ),
    "wins:nomination_publishing": Row(
        "404 zed=200 mo,dee,lee,cas,sam=403", "404 zed=302 mo,dee,lee,cas,sam=403", of="chosen"
    ),
    "wins:nomination_choosing": Row(
        POST_ONLY, "404 mo,dee,lee=302 zed=403", of="to_choose", data={"reason": "It lasted."}
    ),
    "wins:panel_choice_step": Row(
        POST_ONLY, "404 dee,lee=302 mo=403", of="proposed", data={"step": "agree"}
    ),
}
