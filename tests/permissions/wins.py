from __future__ import annotations

from .row import NEVER, Row

TEAM = "404 ana,mo,dee=200"

ROWS = {
    "wins:wall": Row("200", NEVER),
    "wins:new": Row(
        "200", "302", data={"what_happened": "A door opened.", "visibility": "only_me"}
    ),
    "wins:mine": Row("200", NEVER),
    "wins:year": Row("200", NEVER),
    "wins:team_sheet": Row("200", NEVER),
    "wins:win": Row(TEAM, NEVER, of="win"),
    "wins:edit": Row("404 ana=200 mo,dee=403", "404 ana=200 mo,dee=403", of="win"),
    "wins:logging": Row("404 ana=200", "404 ana=302", of="draft"),
    "wins:taking_back": Row("405 nobody=302|405", "404 ana=302 mo,dee=403", of="win"),
    "wins:putting_back": Row("405 nobody=302|405", "404 ana=302", of="taken"),
    "wins:removal": Row("404 ana=200", "404 ana=302", of="taken"),
    "wins:links": Row("404 ana=200 mo,dee=403", "404 ana=200 mo,dee=403", of="win"),
    "wins:photo": Row("404", NEVER, of="win"),
    "wins:photo_removal": Row("404 ana=302 mo,dee=403", "404 ana=302 mo,dee=403", of="win"),
    "wins:appreciations": Row(TEAM, "404 ana=403 mo,dee=302", of="win", data={"kind": "thank"}),
    "wins:comments": Row(TEAM, "404 ana,mo,dee=302", of="win", data={"words": "We too."}),
    "wins:raise_worry": Row(
        "404 ana=403 mo,dee=200", "404 ana=403 mo,dee=302", of="win", data={"kind": "names"}
    ),
    "wins:comment_edit": Row("404 mo=200 ana,dee=403", "404 mo=200 ana,dee=403", of="comment"),
    "wins:comment_removal": Row("405 nobody=302|405", "404 mo=302 ana,dee=403", of="comment"),
    "wins:comment_putting_back": Row("405 nobody=302|405", "404 mo,ana,dee=403", of="comment"),
    "wins:comment_hiding": Row("404 mo,ana,dee=403", "404 mo,ana,dee=403", of="comment"),
    "wins:worries": Row("403 cas=200", NEVER),
    "wins:worry": Row("404 mo,cas=200", "404 mo=403 cas=200", of="worry"),
    "wins:thank_yous": Row("200", NEVER),
    "wins:thank_you_new": Row("200", "200"),
    "wins:thank_you": Row("404 ana,mo=200", NEVER, of="thank_you"),
    "wins:thank_you_answer": Row(
        "405 nobody=302|405", "404 ana=302 mo=403", of="thank_you", data={"shown_to": "service"}
    ),
}
