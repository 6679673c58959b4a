import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0007_peer_meetings"),
    ]

    operations = [
        migrations.CreateModel(
            name='Practice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='what it is, in a few words')),
                ('what', models.TextField(max_length=3000, verbose_name='what it is')),
                ('works_when', models.TextField(blank=True, max_length=1500, verbose_name='when it works')),
                ('fails_when', models.TextField(blank=True, max_length=1500, verbose_name='when it doesn’t')),
                ('takes', models.TextField(blank=True, max_length=1500, verbose_name='what it takes')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('awaiting', 'waiting for agreement'), ('published', 'published'), ('taken_back', 'taken back')], default='draft', max_length=10)),
                ('made_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('changed_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector('what', config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector('works_when', 'fails_when', 'takes', config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('ask', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='practices_asked_about', to=settings.AUTH_USER_MODEL, verbose_name='who to ask')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='practices_made', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='practices', to='cohorts.peermeeting')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='practices', to='cohorts.service')),
                ('themes', models.ManyToManyField(blank=True, related_name='practices', to='cohorts.theme')),
            ],
            options={
                'verbose_name': 'practice',
                'ordering': ['-published_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Borrowing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('we_do', 'we do this too'), ('borrowing', 'borrowing it'), ('kept', 'kept'), ('adapted', 'adapted'), ('dropped', 'dropped')], default='borrowing', max_length=10)),
                ('since', models.DateTimeField()),
                ('asked_at', models.DateTimeField(blank=True, null=True, verbose_name='asked how it went at')),
                ('words', models.TextField(blank=True, max_length=1500, verbose_name='how it went, and why')),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('learned_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='led_to', to='cohorts.borrowing')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='borrowings', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='borrowings', to='cohorts.service')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='borrowings', to='cohorts.practice')),
            ],
            options={
                'verbose_name': 'borrowing',
                'ordering': ['since', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PracticeOwner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ('words', models.TextField(blank=True, max_length=1000)),
                ('words_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='practices_owned', to=settings.AUTH_USER_MODEL)),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='owners', to='cohorts.practice')),
            ],
            options={
                'ordering': ['practice', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='practice',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='practice_search'),
        ),
        migrations.AddIndex(
            model_name='practice',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('title'), 'gin_trgm_ops'), name='practice_by_title'),
        ),
        migrations.AddIndex(
            model_name='practice',
            index=models.Index(condition=models.Q(('state', 'published')), fields=['published_at', 'id'], name='practice_newest'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='practice_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='practice_says_what'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'awaiting', 'published', 'taken_back'])), name='practice_state_known'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='practice_published_has_a_time'),
        ),
        migrations.AddIndex(
            model_name='borrowing',
            index=models.Index(condition=models.Q(('asked_at__isnull', True), ('state', 'borrowing')), fields=['since'], name='borrowing_to_ask_about'),
        ),
        migrations.AddConstraint(
            model_name='borrowing',
            constraint=models.UniqueConstraint(fields=('practice', 'person'), name='borrowing_one_a_person', violation_error_message='You have said so already.'),
        ),
        migrations.AddConstraint(
            model_name='borrowing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['kept', 'adapted', 'dropped']), ('told_at__isnull', False)), models.Q(('state__in', ['we_do', 'borrowing']), ('told_at__isnull', True)), _connector='OR'), name='borrowing_told_has_a_time'),
        ),
        migrations.AddConstraint(
            model_name='borrowing',
            constraint=models.CheckConstraint(condition=models.Q(('learned_from__isnull', True), models.Q(('learned_from', models.F('id')), _negated=True), _connector='OR'), name='borrowing_is_learned_from_another'),
        ),
        migrations.AddConstraint(
            model_name='borrowing',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['we_do', 'borrowing', 'kept', 'adapted', 'dropped'])), name='borrowing_state_known'),
        ),
        migrations.AddConstraint(
            model_name='practiceowner',
            constraint=models.UniqueConstraint(fields=('practice', 'person'), name='practice_owned_once'),
        ),
        migrations.AddConstraint(
            model_name='practiceowner',
            constraint=models.CheckConstraint(condition=models.Q(('agreed_at__isnull', True), ('words', ''), _connector='OR'), name='practice_owner_agrees_or_asks'),
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION cohorts_practice_is_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF EXISTS (
                SELECT 1 FROM cohorts_practice p JOIN cohorts_practiceowner o ON o.practice_id = p.id
                 WHERE p.id = NEW.id AND p.state = 'published' AND o.agreed_at IS NULL
              ) THEN
                RAISE EXCEPTION 'a practice is published once all its owners have agreed'
                  USING ERRCODE = 'check_violation', CONSTRAINT = 'practice_published_is_agreed';
              END IF;
              RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER practice_published_is_agreed
              AFTER INSERT OR UPDATE OF state ON cohorts_practice
              DEFERRABLE INITIALLY DEFERRED
              FOR EACH ROW EXECUTE FUNCTION cohorts_practice_is_agreed();
            """,
            """
            DROP TRIGGER practice_published_is_agreed ON cohorts_practice;
            DROP FUNCTION cohorts_practice_is_agreed();
            """,
        ),
    ]
