from .barrier_words import BarrierWord
from .barriers import Barrier
from .code_cards import CodeCard
from .decisions import Decision
from .experiments import Experiment
from .handed_decisions import HandedDecision
from .held_barriers import HeldBarrier
from .insights import Insight, Pattern
from .lab_members import LabMember
from .lab_sessions import LabSession
from .labs import Lab
from .same_heres import SameHere

__all__ = [
    "Barrier",
    "BarrierWord",
    "CodeCard",
    "Decision",
    "Experiment",
    "HandedDecision",
    "HeldBarrier",
    "Insight",
    "Lab",
    "LabMember",
    "LabSession",
    "Pattern",
    "SameHere",
]
