from .barrier_words import BarrierWord
from .barriers import Barrier
from .handed_decisions import HandedDecision
from .held_barriers import HeldBarrier
from .same_heres import SameHere

__all__ = [
    "Barrier",
    "BarrierWord",
    "HandedDecision",
    "HeldBarrier",
    "SameHere",
]
