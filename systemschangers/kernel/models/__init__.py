from .events import Event, EventSeal
from .letters import Letter
from .notification_choices import NotificationChoice
from .notifications import Notification
from .signed_links import SignedLink
from .submissions import Submission
from .threads import Thread

__all__ = [
    "Event",
    "EventSeal",
    "Letter",
    "Notification",
    "NotificationChoice",
    "SignedLink",
    "Submission",
    "Thread",
]
