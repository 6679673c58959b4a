"""Meetings across services, by who moves them on: inviting (two or three find a date), opening (seats
and the waiting list), ending (called off, held or not), chasing (the schedule). What all of them do
with rows, seats and time is in keeping; calendar letters in letters."""

from .inviting import pair_up

__all__ = ["pair_up"]
