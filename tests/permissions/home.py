from __future__ import annotations

from .row import NEVER, OPEN, Row

ROWS = {
    "home:home": Row("200", NEVER),
    "home:waiting": Row("200", NEVER),
    "home:more": Row("200", NEVER),
    "home:notifications": Row("200", NEVER),
    "home:notification": Row("404 ana=302", NEVER, of="notification"),
    "home:notifications_seen": Row("405 nobody=302|405", "302"),
    "home:paces": Row(
        "200",
        "302",
        data={"waits": "daily", "news": "daily", "kindness": "never", "exercise": "never"},
    ),
    "home:stopping": Row(OPEN, "302 nobody=302", of="stop_token"),
    "home:live": Row(OPEN, "405 nobody=405"),
    "home:ready": Row(OPEN, "405 nobody=405"),
    "home:components": Row(OPEN, "405 nobody=405"),
    "home:demo": Row(OPEN, "405 nobody=405"),
    "home:demo_be": Row("405 nobody=405", "302 nobody=302", of="ana_pk"),
    "home:outbox": Row(OPEN, "405 nobody=405"),
    "home:outbox_letter": Row(OPEN, "405 nobody=405", of="letter"),
    "home:outbox_html": Row(OPEN, "405 nobody=405", of="letter"),
}
