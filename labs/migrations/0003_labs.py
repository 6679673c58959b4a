import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cohorts', '0013_code_cards'),
        ('labs', '0002_tools'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Lab',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=300, verbose_name='the question')),
                ('about', models.TextField(blank=True, max_length=2000, verbose_name='what it is about')),
                ('state', models.CharField(choices=[('going', 'going on'), ('ended', 'ended')], default='going', max_length=5)),
                ('summary', models.TextField(blank=True, max_length=5000, verbose_name='summary')),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='labs', to='cohorts.place')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'lab',
                'ordering': ['-made_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='LabMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('worker', 'worker'), ('service_user', 'service user'), ('leader', 'leader')], max_length=12)),
                ('facilitates', models.BooleanField(default=False, verbose_name='facilitates')),
                ('alias', models.CharField(blank=True, max_length=60, verbose_name='name in the lab')),
                ('access_needs', models.TextField(blank=True, max_length=1000, verbose_name='access needs')),
                ('payment', models.TextField(blank=True, max_length=500, verbose_name='payment')),
                ('joined_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='labs.lab')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lab_seats', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'lab member',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Experiment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('try_what', models.TextField(max_length=1000, verbose_name='what we will try')),
                ('expect', models.TextField(max_length=1000, verbose_name='what we think will happen')),
                ('by_when', models.DateField(verbose_name='by when')),
                ('state', models.CharField(choices=[('trying', 'being tried'), ('adapted', 'adapted'), ('adopted', 'adopted'), ('abandoned', 'abandoned')], default='trying', max_length=9)),
                ('noticed', models.TextField(blank=True, max_length=2000, verbose_name='what we noticed')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('follows', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next_one', to='labs.experiment')),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='labs.lab')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='labs.labmember')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='labs.labmember')),
            ],
            options={
                'verbose_name': 'experiment',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('statement', models.TextField(max_length=1000, verbose_name='what we decided')),
                ('review_on', models.DateField(verbose_name='look at it again on')),
                ('state', models.CharField(choices=[('stands', 'stands'), ('ended', 'no longer stands')], default='stands', max_length=6)),
                ('words', models.TextField(blank=True, max_length=1000, verbose_name='what was said when it was looked at')),
                ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                ('told_on', models.DateField(blank=True, null=True, verbose_name='members told that it is back on')),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='labs.lab')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='labs.labmember')),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='labs.labmember')),
            ],
            options={
                'verbose_name': 'decision',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='LabSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('starts_at', models.DateTimeField(verbose_name='when')),
                ('where', models.CharField(blank=True, max_length=200, verbose_name='where')),
                ('notes', models.TextField(blank=True, max_length=6000, verbose_name='notes')),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='labs.lab')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='labs.labmember')),
            ],
            options={
                'verbose_name': 'lab session',
                'ordering': ['-starts_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Pattern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sentence', models.CharField(max_length=300, verbose_name='the sentence')),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='labs.lab')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='labs.labmember')),
            ],
            options={
                'verbose_name': 'pattern',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Insight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('words', models.TextField(max_length=1000, verbose_name='what you see now')),
                ('lens', models.CharField(choices=[('me', 'me'), ('organisation', 'my organisation'), ('system', 'the wider system')], default='system', max_length=12)),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='labs.lab')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='labs.labmember')),
                ('pattern', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='insights', to='labs.pattern')),
            ],
            options={
                'verbose_name': 'insight',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='CodeCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='code_cards', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'code card',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('person',), name='code_card_one_that_works'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='code_card_ended_by_someone')],
            },
        ),
        migrations.AddIndex(
            model_name='lab',
            index=models.Index(condition=models.Q(('published_at__isnull', False)), fields=['published_at', 'id'], name='lab_published'),
        ),
        migrations.AddConstraint(
            model_name='lab',
            constraint=models.CheckConstraint(condition=models.Q(('question', ''), _negated=True), name='lab_asks_something'),
        ),
        migrations.AddConstraint(
            model_name='lab',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['going', 'ended'])), name='lab_state_known'),
        ),
        migrations.AddConstraint(
            model_name='lab',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('published_by__isnull', True)), models.Q(('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='lab_published_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='lab',
            constraint=models.CheckConstraint(condition=models.Q(('published_at__isnull', True), models.Q(('summary', ''), _negated=True), _connector='OR'), name='lab_publishes_words'),
        ),
        migrations.AddIndex(
            model_name='labmember',
            index=models.Index(condition=models.Q(('left_at__isnull', True)), fields=['person', 'lab'], name='lab_seats_today'),
        ),
        migrations.AddConstraint(
            model_name='labmember',
            constraint=models.UniqueConstraint(fields=('lab', 'person'), name='lab_member_once', violation_error_message='They are in this lab already.'),
        ),
        migrations.AddConstraint(
            model_name='labmember',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['worker', 'service_user', 'leader'])), name='lab_member_role_known'),
        ),
        migrations.AddConstraint(
            model_name='labmember',
            constraint=models.CheckConstraint(condition=models.Q(('facilitates', True), ('role', 'service_user'), _negated=True), name='lab_member_facilitators_are_staff'),
        ),
        migrations.AddIndex(
            model_name='experiment',
            index=models.Index(fields=['lab', 'id'], name='experiment_of_lab'),
        ),
        migrations.AddConstraint(
            model_name='experiment',
            constraint=models.CheckConstraint(condition=models.Q(('try_what', ''), _negated=True), name='experiment_tries_something'),
        ),
        migrations.AddConstraint(
            model_name='experiment',
            constraint=models.CheckConstraint(condition=models.Q(('expect', ''), _negated=True), name='experiment_expects_something'),
        ),
        migrations.AddConstraint(
            model_name='experiment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['trying', 'adapted', 'adopted', 'abandoned'])), name='experiment_state_known'),
        ),
        migrations.AddConstraint(
            model_name='experiment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='experiment_decided_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='experiment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'trying')), models.Q(models.Q(('state', 'trying'), _negated=True), ('decided_at__isnull', False), models.Q(('noticed', ''), _negated=True)), _connector='OR'), name='experiment_decided_on_what_was_noticed'),
        ),
        migrations.AddConstraint(
            model_name='experiment',
            constraint=models.CheckConstraint(condition=models.Q(('follows__isnull', True), ('follows__lt', models.F('id')), _connector='OR'), name='experiment_follows_an_earlier_one'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(condition=models.Q(('state', 'stands')), fields=['review_on', 'id'], name='decision_to_review'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('statement', ''), _negated=True), name='decision_says_something'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['stands', 'ended'])), name='decision_state_known'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reviewed_at__isnull', True), ('reviewed_by__isnull', True)), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='decision_reviewed_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'stands'), ('reviewed_at__isnull', False), _connector='OR'), name='decision_ends_by_review'),
        ),
        migrations.AddConstraint(
            model_name='labsession',
            constraint=models.UniqueConstraint(fields=('lab', 'starts_at'), name='lab_session_once', violation_error_message='The lab has a session at that time already.'),
        ),
        migrations.AddConstraint(
            model_name='pattern',
            constraint=models.CheckConstraint(condition=models.Q(('sentence', ''), _negated=True), name='pattern_has_a_sentence'),
        ),
        migrations.AddIndex(
            model_name='insight',
            index=models.Index(fields=['lab', 'id'], name='insight_of_lab'),
        ),
        migrations.AddConstraint(
            model_name='insight',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='insight_has_words'),
        ),
        migrations.AddConstraint(
            model_name='insight',
            constraint=models.CheckConstraint(condition=models.Q(('lens__in', ['me', 'organisation', 'system'])), name='insight_lens_known'),
        ),
    ]
