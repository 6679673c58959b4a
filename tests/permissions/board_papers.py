from __future__ import annotations

from .row import NEVER, POST_ONLY, Row

# Cas makes papers. Lee sits on the board that both are for, so he reads the one that is issued.
_READS = "404 cas,lee=200"
_WORKS = "404 cas=200"
_DOES = "404 cas=302"
_PAPER = {"board": "", "period": "x"}

ROWS = {
    "wins:board_papers": Row(_READS, NEVER),
    "wins:board_paper_new": Row("403 cas=200", "403 cas=200", data=_PAPER),
    "wins:board_paper": Row(_READS, NEVER, of="board_paper"),
    "wins:board_paper_pdf": Row(_READS, NEVER, of="board_paper"),
    "wins:board_paper_edit": Row(_WORKS, _WORKS, of="board_paper_draft", data=_PAPER),
    "wins:board_paper_issuing": Row(_WORKS, _DOES, of="board_paper_draft", data={"version": "1"}),
    "wins:board_paper_removal": Row(_WORKS, _DOES, of="board_paper_draft"),
    "wins:board_paper_letters": Row(POST_ONLY, "404 cas=302 lee=403", of="board_paper"),
    "wins:board_paper_link_sent": Row("200 nobody=200", "405 nobody=405"),
    "wins:board_paper_link": Row("404 nobody=404", "404 nobody=404", of="token"),
}
