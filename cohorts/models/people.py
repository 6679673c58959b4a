from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models.functions import Lower, Upper
from django.utils import timezone

from systemschangers.kernel.constraints import not_blank

LEFT_NAME = "Someone who has left"


@dataclass(frozen=True)
class Reach:
    """Whom a person is among today: what `visible_to` asks of them, read in one query."""

    services: tuple[int, ...]
    managed_services: tuple[int, ...]
    cohorts: tuple[int, ...]
    run_cohorts: tuple[int, ...]
    is_programme_staff: bool
    kinds: frozenset[str]
    comes_into_cohort: bool = False


class PersonQuerySet(models.QuerySet["Person"]):
    def here(self) -> PersonQuerySet:
        """People with a living account."""
        return self.filter(is_active=True)

    def known(self) -> PersonQuerySet:
        """Those whom everyone here knows by name: not who came by a code card, known in their labs only."""
        return self.here().filter(by_code_card=False)

    def visible_to(self, person: Person) -> PersonQuerySet:
        """Everyone here is known by name to everyone here; those who left are not, nor who came into a
        lab by a code card, who in turn knows nobody outside it."""
        if person.by_code_card:
            return self.filter(pk=person.pk)
        return self.known()

    def listed_for(self, person: Person) -> PersonQuerySet:
        """Whom `person` finds where people are looked up: nobody who does not want to be listed. Programme
        staff and administrators find everyone, whom they look after."""
        found = self.visible_to(person)
        if person.is_staff or person.reach.is_programme_staff:
            return found
        return found.filter(models.Q(listed=True) | models.Q(pk=person.pk))

    def found_by(self, words: str) -> PersonQuerySet:
        """Whose name, or the name of a service they work in, holds each of the words."""
        from .posts import Post

        found = self
        for word in words.split()[:8]:
            posts = Post.objects.current().filter(
                models.Q(service__name__icontains=word)
                | models.Q(service__organisation__name__icontains=word)
            )
            found = found.filter(
                models.Q(name__icontains=word) | models.Q(pk__in=posts.values("person"))
            )
        return found

    def for_list(self) -> PersonQuerySet:
        """With the current posts a row of the directory shows, as `current_posts`."""
        from .posts import Post

        posts = Post.objects.current().select_related("service__organisation")
        return self.prefetch_related(
            models.Prefetch("posts", queryset=posts, to_attr="current_posts")
        )

    def open_to_meet(self) -> PersonQuerySet:
        """Those who said that people of other services may ask to meet them."""
        return self.here().filter(open_to_meet=True)

    def working_in(self, **where) -> PersonQuerySet:
        """With a post today in such a service: `service__place=…`, `service__organisation=…`."""
        from .posts import Post

        return self.filter(pk__in=Post.objects.current().filter(**where).values("person"))

    def who_show(self, words: str) -> PersonQuerySet:
        """Who offer, or want to see, what the words say; or whose name or service holds them."""
        said = SearchVector("can_show", "wants_to_see", config="english")
        asked = SearchQuery(words, config="english", search_type="websearch")
        offering = self.model.objects.annotate(said=said).filter(said=asked).values("pk")
        return self.filter(
            models.Q(pk__in=offering)
            | models.Q(pk__in=self.model.objects.found_by(words).values("pk"))
        )

    def in_service(self, *services: int) -> PersonQuerySet:
        return self.here().filter(posts__ended=None, posts__service__in=services).distinct()

    def in_cohort(self, *cohorts: int) -> PersonQuerySet:
        from .cohorts import Membership

        return (
            self.here()
            .filter(memberships__cohort__in=cohorts, memberships__state=Membership.State.ACTIVE)
            .distinct()
        )

    def programme_staff(self) -> PersonQuerySet:
        from .posts import Post

        return self.here().filter(posts__ended=None, posts__kind=Post.Kind.PROGRAMME).distinct()


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields) -> Person:
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields) -> Person:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account. Signs in by e-mail; has a name, and no username.

    Left is not deleted: `left_at` empties the row of all that names them, and what others rely on
    (a comment in a talk, a decision) stays with “Someone who has left”."""

    email = models.EmailField(
        "e-mail address",
        max_length=254,
        unique=True,
        error_messages={"unique": "Somebody here already has that e-mail address."},
    )
    name = models.CharField(max_length=100)
    about = models.TextField("about your work", max_length=1000, blank=True)
    is_staff = models.BooleanField("administrator", default=False)
    is_active = models.BooleanField("account is open", default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    left_at = models.DateTimeField(null=True, blank=True, editable=False)
    # A service user without an e-mail address: known in their labs alone, by the name they chose.
    by_code_card = models.BooleanField("came by a code card", default=False, editable=False)
    hears_by_email = models.BooleanField("e-mail me when something is for me", default=True)
    shows_email = models.BooleanField("show my e-mail address to people here", default=False)
    listed = models.BooleanField("list me where people are looked up", default=True)
    # Nobody is listed among people to meet who has not said so. Null: not asked yet, or not answered.
    open_to_meet = models.BooleanField("people may ask to meet me", default=False)
    meeting_answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    can_show = models.TextField("what I can show others", max_length=500, blank=True)
    wants_to_see = models.TextField("what I would like to see", max_length=500, blank=True)
    themes = models.ManyToManyField("cohorts.Theme", blank=True, related_name="people")

    objects = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        ordering = ["name", "id"]
        constraints = [
            not_blank("name", name="person_has_a_name"),
            models.CheckConstraint(
                name="person_who_left_is_not_active",
                condition=models.Q(left_at__isnull=True) | models.Q(is_active=False),
            ),
            models.CheckConstraint(
                name="person_by_code_card_has_no_address",
                condition=models.Q(by_code_card=False)
                | models.Q(
                    email__endswith=".invalid",
                    is_staff=False,
                    hears_by_email=False,
                    open_to_meet=False,
                ),
            ),
            models.CheckConstraint(
                name="person_email_is_lower_case", condition=models.Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="person_open_to_meet_said_so",
                condition=models.Q(open_to_meet=False)
                | models.Q(meeting_answered_at__isnull=False),
            ),
        ]
        indexes = [
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="person_by_name"),
            models.Index(fields=["name", "id"], name="person_in_order"),
            models.Index(
                fields=["name", "id"],
                name="person_to_meet",
                condition=models.Q(open_to_meet=True),
            ),
            GinIndex(
                SearchVector("can_show", "wants_to_see", config="english"),
                name="person_by_what_they_show",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    def empty(self, at: datetime) -> None:
        """Take all that names them out of the row, for good. The caller saves."""
        self.name, self.about = LEFT_NAME, ""
        self.email = f"erased-{self.pk}@left.invalid"
        self.set_unusable_password()
        self.is_active = self.is_staff = self.is_superuser = False
        self.shows_email = self.hears_by_email = self.open_to_meet = self.listed = False
        self.can_show = self.wants_to_see = ""
        self.left_at, self.last_login = at, None

    @cached_property
    def reach(self) -> Reach:
        """Read once a request. After a change of posts or memberships, fetch the person anew."""
        from .cohorts import Membership
        from .posts import Post

        posts = (
            Post.objects.current()
            .filter(person=self)
            .order_by()
            .values_list(models.Value("post"), "kind", "service_id")
        )
        state = Membership.State
        memberships = (
            Membership.objects.filter(
                person=self, state__in=[state.ACTIVE, state.INVITED, state.AWAITING_MANAGER]
            )
            .order_by()
            .values_list("state", "role", "cohort_id")
        )
        rows = sorted(posts.union(memberships, all=True)) if self.pk else []
        own = [(kind, place) for what, kind, place in rows if what == "post"]
        among = [(role, cohort) for what, role, cohort in rows if what == state.ACTIVE]
        return Reach(
            services=tuple(sorted({service for _, service in own})),
            managed_services=tuple(sorted({s for kind, s in own if kind == Post.Kind.MANAGER})),
            cohorts=tuple(sorted({cohort for _, cohort in among})),
            run_cohorts=tuple(
                sorted({c for role, c in among if role != Membership.Role.PARTICIPANT})
            ),
            is_programme_staff=any(kind == Post.Kind.PROGRAMME for kind, _ in own),
            kinds=frozenset(kind for kind, _ in own),
            comes_into_cohort=any(what not in ("post", state.ACTIVE) for what, _, _ in rows),
        )
