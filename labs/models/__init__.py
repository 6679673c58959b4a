from .barrier_words import BarrierWord
from .barriers import Barrier
from .canvases import Canvas, CanvasAnswer, CanvasShare
from .change_claims import ChangeClaim
from .consents import Consent
from .handed_decisions import HandedDecision
from .held_barriers import HeldBarrier
from .link_openings import LinkOpening
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
    "Consent",
    "HandedDecision",
    "HeldBarrier",
    "LinkOpening",
    "Passage",
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
