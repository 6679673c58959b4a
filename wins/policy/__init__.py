"""Who may do what with wins and what is said of them, and why not. One module a noun."""

from __future__ import annotations

from .appreciations import may_appreciate
from .comments import may_comment, may_edit_comment, may_hide_comment, may_remove_comment
from .thank_yous import may_answer_thank_you, may_thank
from .wins import (
    may_edit,
    may_link,
    may_log,
    may_put_back,
    may_remove,
    may_take_back,
    why_set_aside,
)
from .worries import may_answer_worry, may_raise_worry, may_read_worries

__all__ = [
    "may_answer_thank_you",
    "may_answer_worry",
    "may_appreciate",
    "may_comment",
    "may_edit",
    "may_edit_comment",
    "may_hide_comment",
    "may_link",
    "may_log",
    "may_put_back",
    "may_raise_worry",
    "may_read_worries",
    "may_remove",
    "may_remove_comment",
    "may_take_back",
    "may_thank",
    "why_set_aside",
]
