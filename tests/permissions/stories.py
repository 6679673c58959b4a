from __future__ import annotations

from .row import NEVER, POST_ONLY, Row

# Ana’s story is published, Zed’s a draft.
TOLD = {"title": "A key", "words": "I asked for it.", "version": "1"}
HERS = "403 ana=200"

ROWS = {
    "wins:stories": Row("200", NEVER),
    "wins:story_new": Row("403 zed,ana=302", "403 zed,ana=200", data=TOLD),
    "wins:story": Row("200", NEVER, of="story"),
    "wins:story_edit": Row(HERS, "403 ana=302", of="story", data=TOLD),
    "wins:story_rests_on": Row(HERS, "403 ana=302", of="story"),
    "wins:story_publishing": Row(
        "404 zed=200", "404 zed=302", of="story_draft", data={"version": "1"}
    ),
    "wins:story_taking_back": Row(POST_ONLY, "403 ana=302", of="story"),
    "wins:story_removal": Row("404 zed=200", "404 zed=302", of="story_draft"),
    "wins:story_photo": Row("404", NEVER, of="story"),
    "wins:story_photo_removal": Row(POST_ONLY, "403 ana=302", of="story"),
}
