from .barrier_words import BarrierWord
from .barriers import Barrier
from .canvases import Canvas, CanvasAnswer, CanvasShare
from .change_claims import ChangeClaim
from .code_cards import CodeCard
from .consents import Consent
from .decisions import Decision
from .experiments import Experiment
from .handed_decisions import HandedDecision
from .held_barriers import HeldBarrier
from .insights import Insight, Pattern
from .lab_members import LabMember
from .lab_sessions import LabSession
from .labs import Lab
from .link_openings import LinkOpening
from .pattern_agreements import PatternAgreement
from .reflections import Passage, Reflection
from .responses import Response
from .same_heres import SameHere
from .told_backs import ToldBack
from .tools import Tool, ToolQuestion
from .voice_posters import VoicePoster
from .voices import Voice
from .weekly_prompts import PromptChoice, WeeklyPrompt

__all__ = [
    "Barrier",
    "BarrierWord",
    "Canvas",
    "CanvasAnswer",
    "CanvasShare",
    "ChangeClaim",
    "CodeCard",
    "Consent",
    "Decision",
    "Experiment",
    "HandedDecision",
    "HeldBarrier",
    "Insight",
    "Lab",
    "LabMember",
    "LabSession",
    "LinkOpening",
    "Passage",
    "Pattern",
    "PatternAgreement",
    "PromptChoice",
    "Reflection",
    "Response",
    "SameHere",
    "ToldBack",
    "Tool",
    "ToolQuestion",
    "Voice",
    "VoicePoster",
    "WeeklyPrompt",
]
