from .barrier_words import BarrierWord
from .barriers import Barrier
from .canvases import Canvas, CanvasAnswer, CanvasShare
from .handed_decisions import HandedDecision
from .held_barriers import HeldBarrier
from .reflections import Passage, Reflection
from .same_heres import SameHere
from .tools import Tool, ToolQuestion
from .weekly_prompts import PromptChoice, WeeklyPrompt

__all__ = [
    "Barrier",
    "BarrierWord",
    "Canvas",
    "CanvasAnswer",
    "CanvasShare",
    "HandedDecision",
    "HeldBarrier",
    "Passage",
    "PromptChoice",
    "Reflection",
    "SameHere",
    "Tool",
    "ToolQuestion",
    "WeeklyPrompt",
]
