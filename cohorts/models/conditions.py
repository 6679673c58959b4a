"""The thirteen conditions: what frontline workers of the first programme said their roles need, so that
they can stay on the frontline and change the system. Numbers are those of the design and the pulse."""

from __future__ import annotations

from django.db import models


class Condition(models.IntegerChoices):
    PEERS = 1, "Meet frontline workers of other services"
    LEADERS = 2, "Permission to meet leaders"
    BRIDGE = 3, "Bridge service users and policy makers"
    EXAMPLES = 4, "See others who stay and influence change"
    MANAGERS = 5, "Managers on board and in agreement"
    LAB = 6, "A Lab, with service users in it"
    THINKING = 7, "Systems thinking in everyday practice"
    STANDING_BACK = 8, "Permission to stand back and look across"
    TIME = 9, "Time to meet people outside delivery"
    CELEBRATION = 10, "A culture that celebrates small things"
    MEASURES = 11, "Ways to measure small changes"
    BARRIERS = 12, "Awareness of what’s not working, and power to change it"
    ROLES = 13, "Systems change in job descriptions and roles"


CONDITIONS = list(Condition.values)
