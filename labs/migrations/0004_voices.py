import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import labs.models.barrier_answers
import labs.models.voice_posters
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0012_boards"),
        ("labs", "0003_labs"),
        ("kernel", "0006_digests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
        migrations.AddConstraint(
            model_name="voiceposter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_down_at__isnull", True), ("taken_down_by__isnull", True)),
                    models.Q(("taken_down_at__isnull", False), ("taken_down_by__isnull", False)),
                    _connector="OR",
                ),
                name="voice_poster_taken_down_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="voiceposter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("board__isnull", False), ("leader__isnull", True)),
                    models.Q(("board__isnull", True), ("leader__isnull", False)),
                    _connector="OR",
                ),
                name="voice_poster_for_a_leader_or_a_board",
            ),
        ),
        migrations.AddConstraint(
            model_name="voiceposter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_down_at", None)),
                fields=("service", "leader"),
                name="voice_poster_once_a_leader",
            ),
        ),
        migrations.AddConstraint(
            model_name="voiceposter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_down_at", None)),
                fields=("service", "board"),
                name="voice_poster_once_a_board",
            ),
        ),
        migrations.AddIndex(
            model_name="voice",
            index=models.Index(fields=["told_on", "id"], name="voice_newest"),
        ),
        migrations.AddIndex(
            model_name="voice",
            index=models.Index(fields=["state", "sent_on"], name="voice_waiting"),
        ),
        migrations.AddIndex(
            model_name="voice",
            index=models.Index(fields=["carried_by", "told_on", "id"], name="voice_by_carrier"),
        ),
        migrations.AddIndex(
            model_name="voice",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["search"], name="voice_search"
            ),
        ),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["carried", "direct"])), name="voice_way_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.CheckConstraint(
                condition=models.Q(("untold__in", ["", "confirmed", "denied", "withdrawn"])),
                name="voice_untold_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("board__isnull", False), ("leader__isnull", True)),
                    models.Q(("board__isnull", True), ("leader__isnull", False)),
                    _connector="OR",
                ),
                name="voice_to_a_leader_or_a_board",
            ),
        ),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("carried_by__isnull", False), ("poster__isnull", True), ("way", "carried")
                    ),
                    models.Q(
                        ("carried_by__isnull", True), ("poster__isnull", False), ("way", "direct")
                    ),
                    _connector="OR",
                ),
                name="voice_carried_or_direct",
            ),
        ),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["sent", "acknowledged", "answered"]), _negated=True),
                    models.Q(("checked_by__isnull", False), ("sent_on__isnull", False)),
                    _connector="OR",
                ),
                name="voice_on_its_way_was_checked",
            ),
        ),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checked_by__isnull", True),
                    ("carried_by__isnull", True),
                    models.Q(("checked_by", models.F("carried_by")), _negated=True),
                    _connector="OR",
                ),
                name="voice_checked_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["sent_back", "kept_out"]), _negated=True),
                    models.Q(("check_words", ""), _negated=True),
                    _connector="OR",
                ),
                name="voice_sent_back_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.CheckConstraint(
                condition=models.Q(("reminders__lte", 2)), name="voice_reminded_twice"
            ),
        ),
        migrations.CreateModel(
            name='LinkOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('browser_hash', models.CharField(max_length=64)),
                ('opened_at', models.DateTimeField()),
                ('link', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='opening', to='kernel.signedlink')),
            ],
            options={
                'verbose_name': 'opening of a link',
                'constraints': [models.CheckConstraint(condition=models.Q(('browser_hash', ''), _negated=True), name='link_opening_knows_its_browser')],
            },
        ),
    ]
