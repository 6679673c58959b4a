from __future__ import annotations

from .row import NEVER, POST_ONLY, Row

# Ana's canvas is shared with Zed; her journal with nobody: not Mo, who manages her, not Cas, who is
# programme staff, not Ada, who administers. Mo added an exercise, and one that is retired.
_OWN = "404 ana=200"
_SHARED = "404 ana,zed=200"
_AUTHOR = "404 ana=200 zed=403"
_KEEPERS = "403 mo,cas=200"
_TOOL = {"title": "T", "purpose": "P", "questions": "Who?", "version": "1"}

ROWS = {
    "labs:tools": Row("200", NEVER),
    "labs:tool": Row("200", "302", of="tool", data={"about": ""}),
    "labs:tool_new": Row("403 mo,dee,cas=200", "403 mo,dee,cas=302", data=_TOOL),
    "labs:tool_edit": Row(_KEEPERS, "403 mo,cas=302", of="tool", data=_TOOL),
    "labs:tool_retiring": Row(POST_ONLY, "404 mo,cas=302", of="tool_retired", data={"again": "1"}),
    "labs:canvases": Row("200", NEVER),
    "labs:canvas": Row(_SHARED, NEVER, of="canvas_loop"),
    "labs:canvas_sheet": Row(_SHARED, NEVER, of="canvas_power"),
    "labs:answer": Row(_AUTHOR, "404 ana=302 zed=403", of="answer", data={"version": "2"}),
    "labs:canvas_sharing": Row(
        _AUTHOR, "404 ana=302 zed=403", of="canvas", data={"person": "mo@example.org"}
    ),
    "labs:canvas_unsharing": Row(POST_ONLY, "404 ana=302 zed=403", of="canvas_share"),
    "labs:canvas_removal": Row(_AUTHOR, "404 ana=302 zed=403", of="canvas"),
    "labs:barrier_thinking": Row("404 ana,cas,zed=200", "404", of="barrier_hidden"),
    "home:win_thinking": Row("404 ana,mo,dee=200", "404", of="win"),
    "labs:weekly_prompts": Row("200", "302", data={"way": "home"}),
    "labs:weekly_prompt": Row(_OWN, "404 ana=302", of="weekly_prompt", data={"step": "begin"}),
    "labs:reflections": Row("200", NEVER),
    "labs:reflection_new": Row("200", "302", data={"words": "I saw it."}),
    "labs:reflection": Row(_OWN, NEVER, of="reflection"),
    "labs:reflection_edit": Row(
        _OWN, "404 ana=302", of="reflection", data={"words": "Again.", "version": "1"}
    ),
    "labs:reflection_removal": Row(_OWN, "404 ana=302", of="reflection"),
    "home:passage": Row(
        _OWN, "404 ana=302", of="reflection", data={"words": "Sit.", "kind": "win"}
    ),
}
