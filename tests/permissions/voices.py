from __future__ import annotations

from .row import NEVER, OPEN, POST_ONLY, STAFF, Row

# A voice Ana carries to Lee, answered, its change said to be made; one to look over; one sent back; one
# whose consent has run out. Lee sits on a board that Ruth, who has no account, answers for. A poster of
# Ana’s service. Nobody else is named by any consent.
_NAMED = "404 ana,cas,lee=200"
_CLOSE = "404 ana,cas=200"
_WORKS = "403 ana,mo,dee,lee,cas,zed=200"
ROWS = {
    "cohorts:boards": Row("200", NEVER),
    "cohorts:board": Row("200", NEVER, of="board"),
    "cohorts:board_new": Row(STAFF, STAFF),
    "cohorts:board_edit": Row(STAFF, STAFF, of="board"),
    "cohorts:board_retirement": Row(POST_ONLY, "403 cas,ada=302", of="board"),
    "labs:voices": Row("200", NEVER),
    "labs:voices_csv": Row("200", NEVER),
    "labs:voice_new": Row(_WORKS, _WORKS),
    "labs:voice_speak": Row(OPEN, OPEN, of="poster_code"),
    "labs:voice_receipt": Row(OPEN, OPEN),
    "labs:voices_at_board": Row("200", NEVER, of="board"),
    "labs:voice_posters": Row("200", NEVER),
    "labs:voice_poster_new": Row(_WORKS, _WORKS),
    "labs:voice_poster": Row("404 ana,mo,dee,cas=200", NEVER, of="poster"),
    "labs:voice_poster_taking_down": Row(POST_ONLY, "404 ana,mo,dee,cas=302", of="poster"),
    "labs:voice": Row(_NAMED, NEVER, of="voice"),
    "labs:voice_edit": Row("404 cas=403 ana=200", "404 cas=403 ana=200", of="voice_sent_back"),
    "labs:voice_check": Row("404 ana=403 cas=200", "404 ana=403 cas=200", of="voice_to_check"),
    "labs:voice_response": Row(
        POST_ONLY,
        "404 ana,cas=403 lee=302",
        of="voice",
        data={"step": "cannot", "words": "The law."},
    ),
    "labs:voice_change_made": Row(POST_ONLY, "404 ana,cas=403 lee=302", of="voice_planned"),
    "labs:voice_verdict": Row(
        POST_ONLY, "404 lee,cas=403 ana=302", of="voice_claim", data={"verdict": "confirmed"}
    ),
    "labs:voice_telling_back": Row(
        POST_ONLY, "404 lee,cas=403 ana=200", of="voice", data={"words": "Thanks."}
    ),
    "labs:voice_consent": Row("404 ana=200", "404 ana=200", of="voice_run_out"),
    "labs:voice_withdrawal": Row("404 lee=403 ana,cas=200", "404 lee=403 ana,cas=302", of="voice"),
    "labs:voice_own_receipt": Row("404 ana=200", "404 ana=302", of="voice"),
    "labs:voice_link_done": Row("200 nobody=200", "405 nobody=405"),
    "labs:voice_link": Row("404 nobody=404", "404 nobody=404", of="token"),
}
