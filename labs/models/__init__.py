from .barrier_words import BarrierWord
from .barriers import Barrier
from .change_claims import ChangeClaim
from .consents import Consent
from .handed_decisions import HandedDecision
from .held_barriers import HeldBarrier
from .link_openings import LinkOpening
from .responses import Response
from .same_heres import SameHere
from .told_backs import ToldBack
from .voice_posters import VoicePoster
from .voices import Voice

__all__ = [
    "Barrier",
    "BarrierWord",
    "ChangeClaim",
    "Consent",
    "HandedDecision",
    "HeldBarrier",
    "LinkOpening",
    "Response",
    "SameHere",
    "ToldBack",
    "Voice",
    "VoicePoster",
]
