from .barrier_words import BarrierWord
from .barriers import Barrier
from .canvases import Canvas, CanvasAnswer, CanvasShare
from .code_cards import CodeCard
from .decisions import Decision
from .experiments import Experiment
from .handed_decisions import HandedDecision
from .held_barriers import HeldBarrier
from .insights import Insight, Pattern
from .lab_members import LabMember
from .lab_sessions import LabSession
from .labs import Lab
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
    "CodeCard",
    "Decision",
    "Experiment",
    "HandedDecision",
    "HeldBarrier",
    "Insight",
    "Lab",
    "LabMember",
    "LabSession",
    "Passage",
    "Pattern",
    "PromptChoice",
    "Reflection",
    "SameHere",
    "Tool",
    "ToolQuestion",
    "WeeklyPrompt",
]
