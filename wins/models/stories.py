from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.text import Truncator

from cohorts.frontline_time import FrontlineTime, frontline_posts, time_on_frontline
from cohorts.models import Post
from systemschangers.kernel.constraints import not_blank, one_of
from systemschangers.kernel.lifecycle import Step


class StoryQuerySet(models.QuerySet["Story"]):
    def visible_to(self, person) -> StoryQuerySet:
        """One's own, always. Others' once published, while who told it has an account and so can take
        it back."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(self._shown() | Q(author=person))

    def visible_to_leader(self, leader) -> StoryQuerySet:
        """What a leader may be shown by letter, with no account: what everyone here reads."""
        return self.filter(self._shown())

    def _shown(self) -> Q:
        return Q(state=Story.State.PUBLISHED, author__is_active=True)

    def published(self) -> StoryQuerySet:
        return self.filter(state=Story.State.PUBLISHED)

    def told_from_the_frontline(self, still_there: bool = True) -> StoryQuerySet:
        """Of those who are on the frontline today; or of those who were and are not now."""
        there = Post.objects.current().filter(person=OuterRef("author"), kind=Post.Kind.FRONTLINE)
        return self.filter(Exists(there) if still_there else ~Exists(there))

    def for_list(self) -> StoryQuerySet:
        return self.select_related("author").prefetch_related(frontline_posts("author__posts"))

    def for_detail(self) -> StoryQuerySet:
        return self.for_list()


def story_photo_name(story: Story, filename: str) -> str:
    """Never asked for: a photo has its random name before it is on a story (wins.photos)."""
    raise NotImplementedError(filename)


class Story(models.Model):
    """Somebody who stayed on the frontline and changed something from there, in their own words.

    One for each person, which grows with them. They alone publish it and take it back; how long they
    have been on the frontline is worked out from their posts whenever it is read."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        PUBLISHED = "published", "published"
        TAKEN_BACK = "taken_back", "taken back"

    PUBLISH = Step({State.DRAFT, State.TAKEN_BACK}, State.PUBLISHED)
    TAKE_BACK = Step({State.PUBLISHED}, State.TAKEN_BACK)

    author = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="story"
    )
    title = models.CharField("in a few words", max_length=120)
    words = models.TextField("what happened, and what changed", max_length=6000)
    why_i_stay = models.TextField("why I stay", max_length=2000, blank=True)
    to_who_starts = models.TextField(
        "what I would tell somebody who starts", max_length=2000, blank=True
    )
    photo = models.FileField(upload_to=story_photo_name, blank=True)
    photo_width = models.PositiveIntegerField(null=True, blank=True)
    photo_height = models.PositiveIntegerField(null=True, blank=True)
    photo_alt = models.CharField("what the photo shows", max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = "story"
        verbose_name_plural = "stories"
        ordering = ["-published_at", "-id"]
        constraints = [
            not_blank("title", name="story_has_a_title"),
            not_blank("words", name="story_has_words"),
            one_of("state", ["draft", "published", "taken_back"], name="story_state_known"),
            models.CheckConstraint(
                name="story_published_has_a_time",
                condition=Q(state="draft", published_at__isnull=True)
                | (~Q(state="draft") & Q(published_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="story_photo_has_its_size",
                condition=Q(photo="", photo_width__isnull=True, photo_height__isnull=True)
                | (~Q(photo="") & Q(photo_width__isnull=False, photo_height__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["photo"], condition=~Q(photo=""), name="story_photo_is_its_own"
            ),
        ]
        indexes = [
            models.Index(
                fields=["published_at", "id"],
                name="story_newest",
                condition=Q(state="published"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("wins:story", args=[self.pk])

    @property
    def excerpt(self) -> str:
        return Truncator(self.title).chars(90)

    def frontline_time(self, today: date) -> FrontlineTime | None:
        """How long its teller has been on the frontline. Needs `for_list`, or takes a query."""
        return time_on_frontline(self._posts, today)

    @property
    def post_now(self) -> Post | None:
        """The frontline post its teller has today, the newest of several. Needs `for_list`."""
        return next((post for post in reversed(self._posts) if not post.ended), None)

    @property
    def _posts(self) -> list[Post]:
        posts = getattr(self.author, "frontline_posts", None)
        if posts is None:
            posts = list(self.author.posts.filter(kind=Post.Kind.FRONTLINE).order_by("started"))
        return posts

    def publish(self, *, at: datetime) -> None:
        """To everyone here. Published again, it keeps its place in the order of stories."""
        self.PUBLISH.apply(self)
        self.published_at = self.published_at or at

    def take_back(self) -> None:
        """Nobody but its teller sees it any more."""
        self.TAKE_BACK.apply(self)

    def edit(self, at: datetime) -> None:
        """What an edit always moves; the words are the caller's."""
        self.version += 1
        self.edited_at = at
