"""What a town did in labs and with thinking exercises, as things and as plain rows (see impact.Year)."""

from __future__ import annotations

from typing import Any

from labs.models import Canvas, CanvasShare, Lab, LabMember, Tool


def work_together(year: Any, many: int) -> None:
    """Seats in labs, some under another name and some of service users; exercises, shared or kept."""
    tool = Tool.objects.earliest("pk")
    for _ in range(max(many // 6, 1)):
        on = year.day()
        lab = Lab.objects.create(question="Who holds the keys?", made_at=on)
        for who in year.chance.sample(year.town.people, min(many, 4)):
            joined = year.day()
            alias = year.chance.choice(("", "", "Robin"))
            role = year.chance.choice(("worker", "worker", "service_user"))
            LabMember.objects.create(lab=lab, person=who, role=role, alias=alias, joined_at=joined)
            known = not alias and role == "worker"
            year.note("Seats taken in labs", who if known else None, joined)
        for who in (year.somebody() for _ in range(4)):
            on = year.day()
            canvas = Canvas.objects.create(
                tool=tool, author=who, title="Five whys", state="done", begun_at=on, changed_at=on,
                finished_at=on,
            )  # fmt: skip
            way = year.chance.choice(("kept", "person", "person", "lab"))
            if way == "person":
                CanvasShare.objects.create(canvas=canvas, person=year.town.mo, shared_at=on)
                year.note("Thinking exercises shared", who, on)
            elif way == "lab":
                CanvasShare.objects.create(canvas=canvas, lab=lab, shared_at=on)
                year.note("Thinking exercises shared", None, on)
