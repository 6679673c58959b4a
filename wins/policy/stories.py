from __future__ import annotations

from cohorts.models import Person, Post
from systemschangers.kernel.policy import YES, Verdict, no
from wins.models import Story


def may_tell_story(person: Person) -> Verdict:
    """Who is, or was, on the frontline here."""
    if Post.objects.filter(person=person, kind=Post.Kind.FRONTLINE).exists():
        return YES
    return no("Stories are told by people who work, or worked, on the frontline.")


def may_keep_story(person: Person, story: Story) -> Verdict:
    """Change it, publish it, take it back, remove it: its teller and nobody else."""
    if story.author_id == person.pk:
        return YES
    return no("Only the person who tells a story can change it, publish it or take it back.")


def may_remove_story(person: Person, story: Story) -> Verdict:
    """What others see is taken back first, so that nothing goes by a slip."""
    verdict = may_keep_story(person, story)
    if verdict and story.state == Story.State.PUBLISHED:
        return no("Take your story back first. Then you can remove it for good.")
    return verdict
