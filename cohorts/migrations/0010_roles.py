import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0009_match_rounds"),
    ]

    operations = [
        migrations.CreateModel(
            name='RoleClause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('condition', models.PositiveSmallIntegerField(choices=[(1, 'Meet frontline workers of other services'), (2, 'Permission to meet leaders'), (3, 'Bridge service users and policy makers'), (4, 'See others who stay and influence change'), (5, 'Managers on board and in agreement'), (6, 'A Lab, with service users in it'), (7, 'Systems thinking in everyday practice'), (8, 'Permission to stand back and look across'), (9, 'Time to meet people outside delivery'), (10, 'A culture that celebrates small things'), (11, 'Ways to measure small changes'), (12, 'Awareness of what’s not working, and power to change it'), (13, 'Systems change in job descriptions and roles')])),
                ('level', models.CharField(choices=[('awareness', 'awareness'), ('working', 'working'), ('practitioner', 'practitioner'), ('lead', 'lead')], max_length=12)),
                ('words', models.TextField(max_length=600, verbose_name='the clause')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('made_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reworded_as', to='cohorts.roleclause')),
                ('retired_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'clause',
                'ordering': ['condition', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ClauseAdoption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job_title', models.CharField(max_length=120, verbose_name='which job')),
                ('words', models.TextField(max_length=600, verbose_name='the words in the job description')),
                ('since', models.DateField(verbose_name='since when')),
                ('evidence_link', models.URLField(blank=True, max_length=500, verbose_name='where it can be read')),
                ('evidence', models.TextField(blank=True, max_length=600, verbose_name='how you know')),
                ('state', models.CharField(choices=[('recorded', 'not confirmed yet'), ('confirmed', 'confirmed')], default='recorded', max_length=10)),
                ('recorded_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clause_adoptions', to='cohorts.organisation')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='cohorts.roleclause')),
            ],
            options={
                'verbose_name': 'adoption',
                'ordering': ['-since', '-id'],
            },
        ),
        migrations.CreateModel(
            name='RoleStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('role', 'a statement of my role'), ('job', 'a section for a job description')], default='role', max_length=4)),
                ('job_title', models.CharField(max_length=120, verbose_name='job title')),
                ('purpose', models.TextField(blank=True, max_length=1000, verbose_name='what the job is for')),
                ('series', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('proposed', 'waiting for the manager'), ('talk', 'needs talking through'), ('agreed', 'agreed'), ('replaced', 'replaced by a newer version')], default='draft', max_length=10)),
                ('made_at', models.DateTimeField()),
                ('edition', models.PositiveIntegerField(default=1)),
                ('proposed_at', models.DateTimeField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True, max_length=1000, verbose_name='the manager’s words')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='role_statements_managed', to=settings.AUTH_USER_MODEL)),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_statements', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'role statement',
                'ordering': ['-made_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='RoleLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(max_length=600, verbose_name='words of this role')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='cohorts.roleclause')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='cohorts.rolestatement')),
            ],
            options={
                'ordering': ['clause__condition', 'clause_id'],
            },
        ),
        migrations.AddConstraint(
            model_name='roleclause',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='role_clause_has_words'),
        ),
        migrations.AddConstraint(
            model_name='roleclause',
            constraint=models.CheckConstraint(condition=models.Q(('condition__in', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])), name='role_clause_condition_known'),
        ),
        migrations.AddConstraint(
            model_name='roleclause',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['awareness', 'working', 'practitioner', 'lead'])), name='role_clause_level_known'),
        ),
        migrations.AddConstraint(
            model_name='roleclause',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('retired_at__isnull', True), ('retired_by__isnull', True)), models.Q(('retired_at__isnull', False), ('retired_by__isnull', False)), _connector='OR'), name='role_clause_retired_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='roleclause',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('replaces', None), ('version', 1)), models.Q(('replaces__isnull', False), ('version__gt', 1)), _connector='OR'), name='role_clause_later_version_replaces_one'),
        ),
        migrations.AddIndex(
            model_name='clauseadoption',
            index=models.Index(fields=['since', 'id'], name='clause_adoption_in_order'),
        ),
        migrations.AddConstraint(
            model_name='clauseadoption',
            constraint=models.CheckConstraint(condition=models.Q(('job_title', ''), _negated=True), name='clause_adoption_names_the_job'),
        ),
        migrations.AddConstraint(
            model_name='clauseadoption',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='clause_adoption_has_words'),
        ),
        migrations.AddConstraint(
            model_name='clauseadoption',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['recorded', 'confirmed'])), name='clause_adoption_state_known'),
        ),
        migrations.AddConstraint(
            model_name='clauseadoption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='clause_adoption_confirmed_by_one'),
        ),
        migrations.AddConstraint(
            model_name='clauseadoption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('state', 'recorded')), models.Q(('confirmed_at__isnull', False), ('state', 'confirmed')), _connector='OR'), name='clause_adoption_confirmed_has_a_time'),
        ),
        migrations.AddConstraint(
            model_name='clauseadoption',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('recorded_by')), _negated=True), _connector='OR'), name='clause_adoption_confirmed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='clauseadoption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('evidence', ''), _negated=True), models.Q(('evidence_link', ''), _negated=True), _connector='OR'), name='clause_adoption_says_how_we_know'),
        ),
        migrations.AddConstraint(
            model_name='clauseadoption',
            constraint=models.UniqueConstraint(models.F('organisation'), django.db.models.functions.text.Lower('job_title'), models.F('clause'), name='clause_adoption_once_a_job', violation_error_message='That clause is already written down for this job.'),
        ),
        migrations.AddIndex(
            model_name='rolestatement',
            index=models.Index(condition=models.Q(('state', 'proposed')), fields=['manager', 'proposed_at'], name='role_statement_waiting'),
        ),
        migrations.AddConstraint(
            model_name='rolestatement',
            constraint=models.CheckConstraint(condition=models.Q(('job_title', ''), _negated=True), name='role_statement_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='rolestatement',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['role', 'job'])), name='role_statement_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='rolestatement',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'proposed', 'talk', 'agreed', 'replaced'])), name='role_statement_state_known'),
        ),
        migrations.AddConstraint(
            model_name='rolestatement',
            constraint=models.CheckConstraint(condition=models.Q(('worker', models.F('manager')), _negated=True), name='role_statement_of_two_people'),
        ),
        migrations.AddConstraint(
            model_name='rolestatement',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('manager__isnull', False), ('proposed_at__isnull', False)), _connector='OR'), name='role_statement_proposed_to_someone'),
        ),
        migrations.AddConstraint(
            model_name='rolestatement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='role_statement_decided_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='rolestatement',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('worker')), _negated=True), _connector='OR'), name='role_statement_nobody_decides_their_own'),
        ),
        migrations.AddConstraint(
            model_name='rolestatement',
            constraint=models.CheckConstraint(condition=models.Q(('decided_for__isnull', True), models.Q(('decided_for', models.F('decided_by')), _negated=True), _connector='OR'), name='role_statement_deputy_decides_for_another'),
        ),
        migrations.AddConstraint(
            model_name='rolestatement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state__in', ['draft', 'proposed'])), models.Q(('decided_at__isnull', False), ('state', 'talk'), models.Q(('answer', ''), _negated=True)), models.Q(('decided_at__isnull', False), ('state__in', ['agreed', 'replaced'])), _connector='OR'), name='role_statement_decided_in_words'),
        ),
        migrations.AddConstraint(
            model_name='rolestatement',
            constraint=models.UniqueConstraint(fields=('series', 'version'), name='role_statement_version_once'),
        ),
        migrations.AddConstraint(
            model_name='rolestatement',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'proposed', 'talk'])), fields=('series',), name='role_statement_one_in_the_making', violation_error_message='There is a newer version in the making. Go on with that one.'),
        ),
        migrations.AddConstraint(
            model_name='rolestatement',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'agreed')), fields=('series',), name='role_statement_one_agreed'),
        ),
        migrations.AddConstraint(
            model_name='roleline',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='role_line_has_words'),
        ),
        migrations.AddConstraint(
            model_name='roleline',
            constraint=models.UniqueConstraint(fields=('statement', 'clause'), name='role_line_clause_once'),
        ),
    ]
