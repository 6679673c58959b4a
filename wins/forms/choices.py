"""What may be chosen of a win, in the words of its form."""

from __future__ import annotations

from wins.models import Win
from wins.pulse_words import SHORT_WORDS

DEPTHS = [
    ("", "Not sure yet"),
    (Win.Depth.ONE_OFF, "One-off help: it worked this once"),
    (Win.Depth.FLEX, "Flex: a rule bent kindly, and it could be again"),
    (Win.Depth.AGREED, "Agreed practice: we do it this way now"),
    (Win.Depth.WRITTEN, "Written policy: it is on paper"),
    (Win.Depth.SUSTAINED, "Goes on without me"),
]
LENSES = [
    ("", "Not sure yet"),
    (Win.Lens.ME, "Me, and how I work"),
    (Win.Lens.ORGANISATION, "My organisation"),
    (Win.Lens.SYSTEM, "The wider system"),
]
CONDITIONS = [("", "Not sure, or none of these"), *SHORT_WORDS.items()]
