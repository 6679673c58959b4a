import datetime
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.expressions
import labs.models.barrier_answers
import labs.models.voice_posters
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cohorts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("kernel", "0002_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Barrier",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=labs.models.barrier_answers.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("what", models.TextField(max_length=2000, verbose_name="what gets in the way")),
                (
                    "who_feels",
                    models.CharField(blank=True, max_length=300, verbose_name="who feels it"),
                ),
                (
                    "reported",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "yes"),
                            ("no", "no"),
                            ("does_not_count", "it is, but it doesn’t count"),
                            ("", "not said"),
                        ],
                        max_length=14,
                        verbose_name="reported anywhere",
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("written", "a written rule"),
                            ("habit", "a local habit"),
                            ("nobody_knows", "nobody knows"),
                            ("", "not said"),
                        ],
                        max_length=12,
                        verbose_name="rule or habit",
                    ),
                ),
                (
                    "rule_cited",
                    models.CharField(blank=True, max_length=500, verbose_name="which rule"),
                ),
                (
                    "power",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="who has the power to change it"
                    ),
                ),
                ("week", models.DateField(verbose_name="week it was raised in")),
                (
                    "receipt_hash",
                    models.CharField(blank=True, max_length=64, null=True, unique=True),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("named", "with my name"),
                            ("hidden", "hidden from my organisation"),
                            ("anonymous", "anonymous"),
                        ],
                        max_length=10,
                        verbose_name="how it was raised",
                    ),
                ),
                ("shown_on", models.DateField(verbose_name="on the board since")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("raised", "raised"),
                            ("looking", "being looked at"),
                            ("promised", "change promised"),
                            ("in_lab", "picked up by a lab"),
                            ("changed", "changed, not yet confirmed"),
                            ("cannot", "can’t be changed"),
                            ("duplicate", "same as another"),
                            ("set_aside", "set aside"),
                            ("fixed", "fixed"),
                        ],
                        default="raised",
                        max_length=10,
                    ),
                ),
                (
                    "kind",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(state="fixed", then=models.Value("fixed")),
                            models.When(
                                state__in=["cannot", "duplicate", "set_aside"],
                                then=models.Value("closed"),
                            ),
                            default=models.Value("open"),
                        ),
                        output_field=models.CharField(max_length=6),
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="promised by")),
                (
                    "changed_on",
                    models.DateField(blank=True, null=True, verbose_name="said to be changed on"),
                ),
                (
                    "asked_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="asked whether it is fixed on"
                    ),
                ),
                (
                    "reminded_on",
                    models.DateField(blank=True, null=True, verbose_name="holder reminded on"),
                ),
                ("before_merge", models.CharField(blank=True, max_length=10)),
                ("receipt_says", models.CharField(blank=True, max_length=10)),
                ("receipt_words", models.CharField(blank=True, max_length=1000)),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.SearchVector(
                                "what", config="english", weight="A"
                            ),
                            "||",
                            django.contrib.postgres.search.SearchVector(
                                "who_feels", "rule_cited", "power", config="english", weight="B"
                            ),
                            django.contrib.postgres.search.SearchConfig("english"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="labs.barrier",
                    ),
                ),
                (
                    "hidden_from",
                    models.ManyToManyField(blank=True, related_name="+", to="cohorts.organisation"),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="cohorts.leader",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="cohorts.place",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="barriers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="barriers",
                        to="cohorts.service",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="cohorts.theme",
                    ),
                ),
            ],
            options={
                "verbose_name": "barrier",
                "ordering": ["-shown_on", "-id"],
                "indexes": [
                    models.Index(fields=["kind", "shown_on", "id"], name="barrier_newest"),
                    models.Index(
                        fields=["theme", "kind", "shown_on", "id"], name="barrier_by_theme"
                    ),
                    models.Index(fields=["raised_by", "shown_on", "id"], name="barrier_by_raiser"),
                    models.Index(
                        condition=models.Q(("state", "changed")),
                        fields=["changed_on"],
                        name="barrier_to_ask",
                    ),
                    models.Index(
                        condition=models.Q(("state", "promised")),
                        fields=["due_on"],
                        name="barrier_due",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["search"], name="barrier_search"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="barrier_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reported__in", ["yes", "no", "does_not_count", ""])),
                        name="barrier_reported_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rule__in", ["written", "habit", "nobody_knows", ""])),
                        name="barrier_rule_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rule_cited", ""), ("rule", "written"), _connector="OR"
                        ),
                        name="barrier_only_a_rule_is_cited",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("week__iso_week_day", 1)),
                        name="barrier_week_begins_on_monday",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["named", "hidden", "anonymous"])),
                        name="barrier_way_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "raised",
                                    "looking",
                                    "promised",
                                    "in_lab",
                                    "changed",
                                    "cannot",
                                    "duplicate",
                                    "set_aside",
                                    "fixed",
                                ],
                            )
                        ),
                        name="barrier_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("raised_by__isnull", True),
                                ("receipt_hash__isnull", False),
                                ("service__isnull", True),
                                ("way", "anonymous"),
                            ),
                            models.Q(
                                models.Q(("way", "anonymous"), _negated=True),
                                ("raised_by__isnull", False),
                                ("receipt_hash__isnull", True),
                                ("receipt_says", ""),
                            ),
                            _connector="OR",
                        ),
                        name="barrier_anonymous_names_nobody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_on__isnull", False), ("state", "promised")),
                            models.Q(("state", "promised"), _negated=True),
                            _connector="OR",
                        ),
                        name="barrier_promise_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("changed_on__isnull", False), ("state__in", ["changed", "fixed"])
                            ),
                            models.Q(("state__in", ["changed", "fixed"]), _negated=True),
                            _connector="OR",
                        ),
                        name="barrier_changed_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_on__isnull", False), ("state", "fixed")),
                            models.Q(("state", "fixed"), _negated=True),
                            _connector="OR",
                        ),
                        name="barrier_fixed_only_once_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked_on__isnull", True),
                            models.Q(
                                (
                                    "asked_on__gte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("changed_on"),
                                        "+",
                                        models.Value(datetime.timedelta(days=28)),
                                    ),
                                ),
                                ("changed_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="barrier_asked_after_four_weeks",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("duplicate_of__isnull", False),
                                ("state", "duplicate"),
                                models.Q(("duplicate_of", models.F("id")), _negated=True),
                                ("before_merge__in", ["raised", "looking"]),
                            ),
                            models.Q(
                                models.Q(("state", "duplicate"), _negated=True),
                                ("before_merge", ""),
                                ("duplicate_of__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="barrier_duplicate_of_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("receipt_says__in", ["", "fixed", "not_fixed"])),
                        name="barrier_receipt_says_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CodeCard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="code_cards",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "code card",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("person",),
                        name="code_card_one_that_works",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="code_card_ended_by_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldBarrier",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=labs.models.barrier_answers.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("what", models.TextField(max_length=2000, verbose_name="what gets in the way")),
                (
                    "who_feels",
                    models.CharField(blank=True, max_length=300, verbose_name="who feels it"),
                ),
                (
                    "reported",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "yes"),
                            ("no", "no"),
                            ("does_not_count", "it is, but it doesn’t count"),
                            ("", "not said"),
                        ],
                        max_length=14,
                        verbose_name="reported anywhere",
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("written", "a written rule"),
                            ("habit", "a local habit"),
                            ("nobody_knows", "nobody knows"),
                            ("", "not said"),
                        ],
                        max_length=12,
                        verbose_name="rule or habit",
                    ),
                ),
                (
                    "rule_cited",
                    models.CharField(blank=True, max_length=500, verbose_name="which rule"),
                ),
                (
                    "power",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="who has the power to change it"
                    ),
                ),
                ("week", models.DateField(verbose_name="week it was raised in")),
                (
                    "receipt_hash",
                    models.CharField(blank=True, max_length=64, null=True, unique=True),
                ),
                ("held_on", models.DateField()),
                (
                    "leader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="cohorts.leader",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="cohorts.place",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="cohorts.theme",
                    ),
                ),
            ],
            options={
                "verbose_name": "barrier held back",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True),
                        name="held_barrier_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reported__in", ["yes", "no", "does_not_count", ""])),
                        name="held_barrier_reported_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rule__in", ["written", "habit", "nobody_knows", ""])),
                        name="held_barrier_rule_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rule_cited", ""), ("rule", "written"), _connector="OR"
                        ),
                        name="held_barrier_only_a_rule_is_cited",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("week__iso_week_day", 1)),
                        name="held_barrier_week_begins_on_monday",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lab",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("question", models.CharField(max_length=300, verbose_name="the question")),
                (
                    "about",
                    models.TextField(blank=True, max_length=2000, verbose_name="what it is about"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("going", "going on"), ("ended", "ended")],
                        default="going",
                        max_length=5,
                    ),
                ),
                ("summary", models.TextField(blank=True, max_length=5000, verbose_name="summary")),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("made_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="labs",
                        to="cohorts.place",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lab",
                "ordering": ["-made_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("published_at__isnull", False)),
                        fields=["published_at", "id"],
                        name="lab_published",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("question", ""), _negated=True),
                        name="lab_asks_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["going", "ended"])),
                        name="lab_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_at__isnull", True), ("published_by__isnull", True)
                            ),
                            models.Q(
                                ("published_at__isnull", False), ("published_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="lab_published_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at__isnull", True),
                            models.Q(("summary", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="lab_publishes_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkOpening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("browser_hash", models.CharField(max_length=64)),
                ("opened_at", models.DateTimeField()),
                (
                    "link",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opening",
                        to="kernel.signedlink",
                    ),
                ),
            ],
            options={
                "verbose_name": "opening of a link",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("browser_hash", ""), _negated=True),
                        name="link_opening_knows_its_browser",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PromptChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("home", "on my home page"),
                            ("email", "on my home page, and by e-mail"),
                        ],
                        max_length=10,
                    ),
                ),
                ("chosen_at", models.DateTimeField()),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prompt_choice",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "wish for a weekly exercise",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["home", "email"])),
                        name="prompt_choice_way_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reflection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="which day")),
                ("prompt", models.CharField(blank=True, max_length=200)),
                ("words", models.TextField(max_length=8000)),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reflections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "time",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reflections",
                        to="cohorts.timerequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "reflection",
                "ordering": ["-on", "-id"],
                "indexes": [
                    models.Index(fields=["author", "made_at", "id"], name="reflection_newest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="reflection_says_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tool",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        blank=True, editable=False, max_length=40, null=True, unique=True
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("title", models.CharField(max_length=80, verbose_name="what it is called")),
                ("purpose", models.TextField(max_length=600, verbose_name="what it is for")),
                (
                    "example",
                    models.TextField(
                        blank=True, max_length=1500, verbose_name="an example, in short"
                    ),
                ),
                (
                    "source",
                    models.TextField(
                        blank=True, max_length=600, verbose_name="where it comes from"
                    ),
                ),
                (
                    "drawing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "no picture"),
                            ("loop", "a feedback loop"),
                            ("power", "who has a say, and who lives with it"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("offered", "offered"), ("retired", "retired")],
                        default="offered",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tools_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "retired_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "thinking exercise",
                "ordering": ["place", "id"],
                "indexes": [models.Index(fields=["made_at", "id"], name="tool_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="tool_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose", ""), _negated=True),
                        name="tool_says_what_for",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["offered", "retired"])),
                        name="tool_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("drawing__in", ["", "loop", "power"])),
                        name="tool_drawing_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retired_at__isnull", True), ("retired_by__isnull", True)),
                            models.Q(("retired_at__isnull", False), ("retired_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="tool_retired_when_and_who",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retired_at__isnull", False), ("state", "retired")),
                            models.Q(("retired_at__isnull", True), ("state", "offered")),
                            _connector="OR",
                        ),
                        name="tool_retired_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("key__isnull", False),
                                ("made_by__isnull", True),
                                ("state", "offered"),
                            ),
                            models.Q(("key__isnull", True), ("made_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="tool_built_in_or_made",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VoicePoster",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        default=labs.models.voice_posters.draw_code,
                        editable=False,
                        max_length=10,
                        unique=True,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("taken_down_at", models.DateTimeField(blank=True, null=True)),
                (
                    "board",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cohorts.board",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cohorts.leader",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voice_posters",
                        to="cohorts.service",
                    ),
                ),
                (
                    "taken_down_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "poster",
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("taken_down_at__isnull", True), ("taken_down_by__isnull", True)
                            ),
                            models.Q(
                                ("taken_down_at__isnull", False), ("taken_down_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="voice_poster_taken_down_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("board__isnull", False), ("leader__isnull", True)),
                            models.Q(("board__isnull", True), ("leader__isnull", False)),
                            _connector="OR",
                        ),
                        name="voice_poster_for_a_leader_or_a_board",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("taken_down_at", None)),
                        fields=("service", "leader"),
                        name="voice_poster_once_a_leader",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("taken_down_at", None)),
                        fields=("service", "board"),
                        name="voice_poster_once_a_board",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BarrierWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("looking", "is looking at it"),
                            ("promised", "promised a change"),
                            ("cannot", "says it can’t be changed"),
                            ("changed", "says it has changed"),
                            ("asked", "asked whether it is fixed"),
                            ("confirmed", "says it is fixed"),
                            ("reopened", "says it is not fixed"),
                            ("picked_up", "took it up"),
                            ("put_down", "gave it back"),
                            ("merged", "put it together with another"),
                            ("unmerged", "took the two apart again"),
                            ("set_aside", "set it aside"),
                            ("put_back", "put it back on the board"),
                            ("holder", "asked somebody to answer"),
                            ("handed_down", "handed the decision down"),
                            ("taken_back", "took the decision back"),
                        ],
                        max_length=12,
                    ),
                ),
                ("by_name", models.CharField(blank=True, max_length=100)),
                ("words", models.TextField(blank=True, max_length=2000)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="by when")),
                ("on", models.DateField()),
                (
                    "barrier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="labs.barrier",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deputy_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "word about a barrier",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "step__in",
                                [
                                    "looking",
                                    "promised",
                                    "cannot",
                                    "changed",
                                    "asked",
                                    "confirmed",
                                    "reopened",
                                    "picked_up",
                                    "put_down",
                                    "merged",
                                    "unmerged",
                                    "set_aside",
                                    "put_back",
                                    "holder",
                                    "handed_down",
                                    "taken_back",
                                ],
                            )
                        ),
                        name="barrier_word_step_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("by_name", ""), ("by__isnull", True), _connector="OR"),
                        name="barrier_word_has_one_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("step__in", ["promised", "cannot", "set_aside"]), _negated=True
                            ),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="barrier_word_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_on__isnull", False), ("step", "promised")),
                            models.Q(
                                models.Q(("step", "promised"), _negated=True),
                                ("due_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="barrier_word_promise_has_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Canvas",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80)),
                (
                    "drawing",
                    models.CharField(
                        blank=True, choices=[("loop", "loop"), ("power", "power")], max_length=10
                    ),
                ),
                (
                    "about",
                    models.CharField(blank=True, max_length=120, verbose_name="what it is about"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("begun", "begun"), ("done", "done")],
                        default="begun",
                        max_length=10,
                    ),
                ),
                ("begun_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="canvases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="canvases",
                        to="labs.tool",
                    ),
                ),
            ],
            options={
                "verbose_name": "filled-in exercise",
                "ordering": ["-changed_at", "-id"],
                "indexes": [
                    models.Index(fields=["author", "changed_at", "id"], name="canvas_newest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="canvas_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["begun", "done"])),
                        name="canvas_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("drawing__in", ["", "loop", "power"])),
                        name="canvas_drawing_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", False), ("state", "done")),
                            models.Q(("finished_at__isnull", True), ("state", "begun")),
                            _connector="OR",
                        ),
                        name="canvas_done_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandedDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    models.TextField(max_length=1000, verbose_name="what the team may decide"),
                ),
                ("limits", models.TextField(max_length=1000, verbose_name="within which limits")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "state",
                    models.CharField(
                        choices=[("in_force", "yours to decide"), ("taken_back", "taken back")],
                        default="in_force",
                        max_length=10,
                    ),
                ),
                ("handed_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                ("why_taken_back", models.TextField(blank=True, max_length=1000)),
                (
                    "barrier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handed_decisions",
                        to="labs.barrier",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handed_decisions",
                        to="cohorts.leader",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handed_decisions",
                        to="cohorts.service",
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "decision handed down",
                "verbose_name_plural": "decisions handed down",
                "ordering": ["-handed_at", "-id"],
                "indexes": [
                    models.Index(fields=["handed_at", "id"], name="handed_decision_newest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decision", ""), _negated=True),
                        name="handed_decision_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("limits", ""), _negated=True),
                        name="handed_decision_has_limits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["in_force", "taken_back"])),
                        name="handed_decision_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("taken_back_at__isnull", True), ("taken_back_by__isnull", True)
                            ),
                            models.Q(
                                ("taken_back_at__isnull", False), ("taken_back_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="handed_decision_taken_back_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "in_force"),
                                ("taken_back_at__isnull", True),
                                ("why_taken_back", ""),
                            ),
                            models.Q(
                                ("state", "taken_back"),
                                ("taken_back_at__isnull", False),
                                models.Q(("why_taken_back", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="handed_decision_taken_back_in_words",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_force")),
                        fields=("barrier", "service"),
                        name="handed_decision_one_in_force",
                        violation_error_message="That team may decide this already. Take it back first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LabMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("worker", "worker"),
                            ("service_user", "service user"),
                            ("leader", "leader"),
                        ],
                        max_length=12,
                    ),
                ),
                ("facilitates", models.BooleanField(default=False, verbose_name="facilitates")),
                (
                    "alias",
                    models.CharField(blank=True, max_length=60, verbose_name="name in the lab"),
                ),
                (
                    "access_needs",
                    models.TextField(blank=True, max_length=1000, verbose_name="access needs"),
                ),
                ("payment", models.TextField(blank=True, max_length=500, verbose_name="payment")),
                ("joined_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lab",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="labs.lab",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lab_seats",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lab member",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("left_at__isnull", True)),
                        fields=["person", "lab"],
                        name="lab_seats_today",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lab", "person"),
                        name="lab_member_once",
                        violation_error_message="They are in this lab already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["worker", "service_user", "leader"])),
                        name="lab_member_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("facilitates", True), ("role", "service_user"), _negated=True
                        ),
                        name="lab_member_facilitators_are_staff",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("barrier", "barrier"), ("insight", "insight")], max_length=10
                    ),
                ),
                ("words", models.TextField(max_length=4000)),
                ("made_at", models.DateTimeField()),
                (
                    "reflection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passages",
                        to="labs.reflection",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["barrier", "insight"])),
                        name="passage_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="passage_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SameHere",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=300, verbose_name="how it shows here")),
                ("said_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "barrier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="same_heres",
                        to="labs.barrier",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="same_heres",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="same_heres",
                        to="cohorts.service",
                    ),
                ),
            ],
            options={
                "verbose_name": "same here",
                "ordering": ["said_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("barrier", "person"), name="same_here_said_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="same_here_says_how"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ToolQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("asked", models.CharField(max_length=200, verbose_name="question")),
                ("hint", models.CharField(blank=True, max_length=300)),
                ("options", models.TextField(blank=True, max_length=600)),
                ("part", models.CharField(blank=True, max_length=20)),
                ("example", models.TextField(blank=True, max_length=600)),
                (
                    "tool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="labs.tool",
                    ),
                ),
            ],
            options={
                "ordering": ["tool", "place"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tool", "place"), name="tool_question_placed_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asked", ""), _negated=True), name="tool_question_asks"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Voice",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=labs.models.barrier_answers.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("carried", "carried by a worker"), ("direct", "given directly")],
                        max_length=8,
                        verbose_name="how it came",
                    ),
                ),
                (
                    "words",
                    models.TextField(blank=True, max_length=4000, verbose_name="their own words"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "being checked"),
                            ("sent_back", "sent back to be changed"),
                            ("kept_out", "not sent on"),
                            ("sent", "waiting for an answer"),
                            ("acknowledged", "received"),
                            ("answered", "answered"),
                            ("withdrawn", "taken back"),
                        ],
                        default="checking",
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("told_on", models.DateField(verbose_name="told on")),
                (
                    "check_words",
                    models.CharField(
                        blank=True, max_length=1000, verbose_name="what the check found"
                    ),
                ),
                (
                    "sent_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="sent on to the leader on"
                    ),
                ),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("receipt_hash", models.CharField(max_length=64, unique=True)),
                ("untold", models.CharField(blank=True, max_length=10)),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.SearchVector(
                            "words", config="english"
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "board",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voices",
                        to="cohorts.board",
                    ),
                ),
                (
                    "carried_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_voices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voices",
                        to="cohorts.leader",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voices",
                        to="cohorts.service",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voices",
                        to="cohorts.theme",
                    ),
                ),
                (
                    "poster",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voices",
                        to="labs.voiceposter",
                    ),
                ),
            ],
            options={
                "verbose_name": "voice",
                "ordering": ["-told_on", "-id"],
                "indexes": [
                    models.Index(fields=["told_on", "id"], name="voice_newest"),
                    models.Index(fields=["state", "sent_on"], name="voice_waiting"),
                    models.Index(fields=["carried_by", "told_on", "id"], name="voice_by_carrier"),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["search"], name="voice_search"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["carried", "direct"])),
                        name="voice_way_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "checking",
                                    "sent_back",
                                    "kept_out",
                                    "sent",
                                    "acknowledged",
                                    "answered",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="voice_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("untold__in", ["", "confirmed", "denied", "withdrawn"])
                        ),
                        name="voice_untold_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("board__isnull", False), ("leader__isnull", True)),
                            models.Q(("board__isnull", True), ("leader__isnull", False)),
                            _connector="OR",
                        ),
                        name="voice_to_a_leader_or_a_board",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("carried_by__isnull", False),
                                ("poster__isnull", True),
                                ("way", "carried"),
                            ),
                            models.Q(
                                ("carried_by__isnull", True),
                                ("poster__isnull", False),
                                ("way", "direct"),
                            ),
                            _connector="OR",
                        ),
                        name="voice_carried_or_direct",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("check_words", ""),
                                ("state", "withdrawn"),
                                ("withdrawn_on__isnull", False),
                                ("words", ""),
                            ),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                models.Q(("words", ""), _negated=True),
                                ("withdrawn_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="voice_taken_back_has_no_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["sent", "acknowledged", "answered"]), _negated=True
                            ),
                            models.Q(("checked_by__isnull", False), ("sent_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="voice_on_its_way_was_checked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by__isnull", True),
                            ("carried_by__isnull", True),
                            models.Q(("checked_by", models.F("carried_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="voice_checked_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["sent_back", "kept_out"]), _negated=True),
                            models.Q(("check_words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="voice_sent_back_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reminders__lte", 2)), name="voice_reminded_twice"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CanvasAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("asked", models.CharField(max_length=200, verbose_name="question")),
                ("hint", models.CharField(blank=True, max_length=300)),
                ("options", models.TextField(blank=True, max_length=600)),
                ("part", models.CharField(blank=True, max_length=20)),
                ("example", models.TextField(blank=True, max_length=600)),
                (
                    "words",
                    models.TextField(blank=True, max_length=2000, verbose_name="your answer"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "canvas",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="labs.canvas",
                    ),
                ),
            ],
            options={
                "ordering": ["canvas", "place"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("canvas", "place"), name="canvas_answer_placed_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asked", ""), _negated=True), name="canvas_answer_asks"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CanvasShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shared_at", models.DateTimeField()),
                (
                    "canvas",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="labs.canvas",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="canvases_shared",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lab",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="canvas_shares",
                        to="labs.lab",
                    ),
                ),
            ],
            options={
                "verbose_name": "shared exercise",
                "ordering": ["shared_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("canvas", "person"), name="canvas_shared_once"),
                    models.UniqueConstraint(
                        fields=("canvas", "lab"), name="canvas_shared_in_lab_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lab__isnull", True), ("person__isnull", False)),
                            models.Q(("lab__isnull", False), ("person__isnull", True)),
                            _connector="OR",
                        ),
                        name="canvas_shared_with_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Experiment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("try_what", models.TextField(max_length=1000, verbose_name="what we will try")),
                (
                    "expect",
                    models.TextField(max_length=1000, verbose_name="what we think will happen"),
                ),
                ("by_when", models.DateField(verbose_name="by when")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("trying", "being tried"),
                            ("adapted", "adapted"),
                            ("adopted", "adopted"),
                            ("abandoned", "abandoned"),
                        ],
                        default="trying",
                        max_length=9,
                    ),
                ),
                (
                    "noticed",
                    models.TextField(blank=True, max_length=2000, verbose_name="what we noticed"),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "follows",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next_one",
                        to="labs.experiment",
                    ),
                ),
                (
                    "lab",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="labs.lab",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="labs.labmember",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="labs.labmember",
                    ),
                ),
            ],
            options={
                "verbose_name": "experiment",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["lab", "id"], name="experiment_of_lab")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("try_what", ""), _negated=True),
                        name="experiment_tries_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expect", ""), _negated=True),
                        name="experiment_expects_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["trying", "adapted", "adopted", "abandoned"])
                        ),
                        name="experiment_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="experiment_decided_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "trying")),
                            models.Q(
                                models.Q(("state", "trying"), _negated=True),
                                ("decided_at__isnull", False),
                                models.Q(("noticed", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="experiment_decided_on_what_was_noticed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("follows__isnull", True),
                            ("follows__lt", models.F("id")),
                            _connector="OR",
                        ),
                        name="experiment_follows_an_earlier_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("statement", models.TextField(max_length=1000, verbose_name="what we decided")),
                ("review_on", models.DateField(verbose_name="look at it again on")),
                (
                    "state",
                    models.CharField(
                        choices=[("stands", "stands"), ("ended", "no longer stands")],
                        default="stands",
                        max_length=6,
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True,
                        max_length=1000,
                        verbose_name="what was said when it was looked at",
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "told_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="members told that it is back on"
                    ),
                ),
                (
                    "lab",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="labs.lab",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="labs.labmember",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="labs.labmember",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "stands")),
                        fields=["review_on", "id"],
                        name="decision_to_review",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("statement", ""), _negated=True),
                        name="decision_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["stands", "ended"])),
                        name="decision_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                            models.Q(
                                ("reviewed_at__isnull", False), ("reviewed_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="decision_reviewed_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "stands"), ("reviewed_at__isnull", False), _connector="OR"
                        ),
                        name="decision_ends_by_review",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LabSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("starts_at", models.DateTimeField(verbose_name="when")),
                ("where", models.CharField(blank=True, max_length=200, verbose_name="where")),
                ("notes", models.TextField(blank=True, max_length=6000, verbose_name="notes")),
                (
                    "lab",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="labs.lab",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="labs.labmember",
                    ),
                ),
            ],
            options={
                "verbose_name": "lab session",
                "ordering": ["-starts_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lab", "starts_at"),
                        name="lab_session_once",
                        violation_error_message="The lab has a session at that time already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pattern",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("sentence", models.CharField(max_length=300, verbose_name="the sentence")),
                (
                    "lab",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="labs.lab",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="labs.labmember",
                    ),
                ),
            ],
            options={
                "verbose_name": "pattern",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sentence", ""), _negated=True),
                        name="pattern_has_a_sentence",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ToldBack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("met", "face to face"),
                            ("phoned", "by telephone"),
                            ("wrote", "in writing"),
                            ("receipt", "they read it by receipt"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="what they said to it"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "voice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told_backs",
                        to="labs.voice",
                    ),
                ),
            ],
            options={
                "verbose_name": "telling back",
                "ordering": ["on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("how__in", ["met", "phoned", "wrote", "receipt"])),
                        name="told_back_how_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by__isnull", True), ("how", "receipt")),
                            models.Q(
                                models.Q(("how", "receipt"), _negated=True), ("by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="told_back_by_a_worker_or_by_receipt",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("how", "receipt")),
                        fields=("voice",),
                        name="told_back_by_receipt_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("acknowledged", "has read it and will answer"),
                            ("explained", "explains"),
                            ("acted", "acts on it"),
                            ("cannot", "says it can’t be done"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=2000)),
                ("by_name", models.CharField(blank=True, max_length=100)),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voice_responses",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "voice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="responses",
                        to="labs.voice",
                    ),
                ),
            ],
            options={
                "verbose_name": "response to a voice",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["kind", "on"], name="response_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["acknowledged", "explained", "acted", "cannot"])
                        ),
                        name="response_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by__isnull", False), ("by_name", "")),
                            models.Q(
                                ("by__isnull", True), models.Q(("by_name", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="response_has_one_author",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.CharField(max_length=20, verbose_name="version of the wording")),
                (
                    "wording",
                    models.TextField(max_length=4000, verbose_name="the wording, as it was shown"),
                ),
                (
                    "to_board",
                    models.BooleanField(
                        default=False, verbose_name="may be read out and printed at a board"
                    ),
                ),
                (
                    "to_learn",
                    models.BooleanField(default=False, verbose_name="others may learn from it"),
                ),
                (
                    "everyone",
                    models.BooleanField(default=False, verbose_name="everyone here may read it"),
                ),
                ("given_on", models.DateField()),
                ("until", models.DateField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("spoken", "said yes, after it was read to them"),
                            ("read", "read it and said yes"),
                            ("signed", "signed it on paper"),
                            ("interpreted", "said yes through an interpreter"),
                            ("page", "themselves, on the page"),
                        ],
                        max_length=12,
                        verbose_name="how it was given",
                    ),
                ),
                (
                    "witness",
                    models.CharField(blank=True, max_length=100, verbose_name="who else was there"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("standing", "stands"),
                            ("replaced", "another took its place"),
                            ("withdrawn", "taken back"),
                        ],
                        default="standing",
                        max_length=10,
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "boards",
                    models.ManyToManyField(blank=True, related_name="+", to="cohorts.board"),
                ),
                (
                    "leaders",
                    models.ManyToManyField(blank=True, related_name="+", to="cohorts.leader"),
                ),
                (
                    "services",
                    models.ManyToManyField(blank=True, related_name="+", to="cohorts.service"),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "voice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="labs.voice",
                    ),
                ),
            ],
            options={
                "verbose_name": "consent",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["until"], name="consent_running_out")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("how__in", ["spoken", "read", "signed", "interpreted", "page"])
                        ),
                        name="consent_how_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["standing", "replaced", "withdrawn"])),
                        name="consent_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wording", ""), _negated=True),
                        name="consent_keeps_its_wording",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version", ""), _negated=True),
                        name="consent_keeps_its_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("given_on"))),
                        name="consent_lasts_until_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("state", "standing")),
                            models.Q(
                                models.Q(("state", "standing"), _negated=True),
                                ("ended_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="consent_ended_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("everyone", False), ("to_learn", True), _connector="OR"
                        ),
                        name="consent_everyone_reads_to_learn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how", "page"), ("taken_by__isnull", True)),
                            models.Q(
                                models.Q(("how", "page"), _negated=True),
                                ("taken_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="consent_taken_by_somebody_or_given_on_the_page",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "standing")),
                        fields=("voice",),
                        name="consent_one_stands_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeClaim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    models.TextField(blank=True, max_length=2000, verbose_name="what changes"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("made", "made, not yet confirmed"),
                            ("confirmed", "confirmed by who told it"),
                            ("denied", "not so, says who told it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("by_when", models.DateField(blank=True, null=True)),
                ("planned_on", models.DateField(blank=True, null=True)),
                ("made_on", models.DateField(blank=True, null=True)),
                (
                    "judged_on",
                    models.DateField(blank=True, null=True, verbose_name="teller said so on"),
                ),
                (
                    "judged_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("receipt", "themselves, by receipt"),
                            ("worker", "through the worker who carried it"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "verdict_words",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="what the teller says"
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "voice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claims",
                        to="labs.voice",
                    ),
                ),
            ],
            options={
                "verbose_name": "change",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["state", "judged_on"], name="change_claim_by_day")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["planned", "made", "confirmed", "denied"])
                        ),
                        name="change_claim_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("judged_how__in", ["", "receipt", "worker"])),
                        name="change_claim_how_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "planned"), _negated=True),
                            models.Q(
                                ("by_when__isnull", False),
                                ("made_on__isnull", True),
                                ("planned_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="change_claim_planned_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "planned"), ("made_on__isnull", False), _connector="OR"
                        ),
                        name="change_claim_made_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("judged_on__isnull", False),
                                ("state__in", ["confirmed", "denied"]),
                                models.Q(
                                    models.Q(
                                        ("judged_by__isnull", True), ("judged_how", "receipt")
                                    ),
                                    models.Q(
                                        ("judged_by__isnull", False), ("judged_how", "worker")
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                ("judged_by__isnull", True),
                                ("judged_how", ""),
                                ("judged_on__isnull", True),
                                ("state__in", ["planned", "made"]),
                            ),
                            _connector="OR",
                        ),
                        name="change_claim_judged_by_the_teller",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WeeklyPrompt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("week", models.DateField(verbose_name="the week that begins on")),
                ("thing_type", models.CharField(max_length=60)),
                ("thing_id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "offered"),
                            ("begun", "begun"),
                            ("set_aside", "not this week"),
                        ],
                        default="offered",
                        max_length=10,
                    ),
                ),
                ("offered_at", models.DateTimeField()),
                (
                    "canvas",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="labs.canvas",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="weekly_prompts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="labs.tool",
                    ),
                ),
            ],
            options={
                "verbose_name": "weekly exercise",
                "ordering": ["-week"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["offered", "begun", "set_aside"])),
                        name="weekly_prompt_state_known",
                    ),
                    models.UniqueConstraint(
                        fields=("person", "week"), name="weekly_prompt_once_a_week"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("week__iso_week_day", 1)),
                        name="weekly_prompt_week_is_a_monday",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("canvas__isnull", True), ("state", "begun"), _connector="OR"
                        ),
                        name="weekly_prompt_canvas_once_begun",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Insight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("words", models.TextField(max_length=1000, verbose_name="what you see now")),
                (
                    "lens",
                    models.CharField(
                        choices=[
                            ("me", "me"),
                            ("organisation", "my organisation"),
                            ("system", "the wider system"),
                        ],
                        default="system",
                        max_length=12,
                    ),
                ),
                (
                    "lab",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="labs.lab",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="labs.labmember",
                    ),
                ),
                (
                    "pattern",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="insights",
                        to="labs.pattern",
                    ),
                ),
            ],
            options={
                "verbose_name": "insight",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["lab", "id"], name="insight_of_lab")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="insight_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lens__in", ["me", "organisation", "system"])),
                        name="insight_lens_known",
                    ),
                ],
            },
        ),
    ]
