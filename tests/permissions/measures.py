from __future__ import annotations

from .row import NEVER, Row

SEEN = "404 ana,mo,dee=200"
KEPT = "404 ana=200 mo,dee=403"
TOLD = {"counted": "Forms", "unit": "pages", "better": "less", "definition": "All of them."}

ROWS = {
    "wins:measure_new": Row(KEPT, "404 ana=200 mo,dee=403", of="win_key", data=TOLD),
    "wins:measure": Row(
        SEEN, "404 ana=302 mo,dee=403", of="measure", data={"on": "2026-01-02", "value": "3"}
    ),
    "wins:measure_edit": Row(KEPT, KEPT, of="measure"),
    "wins:measure_removal": Row(KEPT, "404 ana=302 mo,dee=403", of="measure"),
    "wins:measure_csv": Row(SEEN, NEVER, of="measure"),
    "wins:measure_pasting": Row(KEPT, KEPT, of="measure", data={"text": "2026-01-02 4"}),
    "wins:data_point": Row(KEPT, KEPT, of="data_point"),
    "wins:data_point_removal": Row("405 nobody=302|405", "404 ana=302 mo,dee=403", of="data_point"),
}
