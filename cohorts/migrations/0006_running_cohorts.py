import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cohorts', '0005_leader_requests_reach_and_second_look'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='learningcall',
            options={'ordering': [models.OrderBy(models.F('held_on'), descending=True, nulls_first=True), '-id'], 'verbose_name': 'learning call'},
        ),
        migrations.RemoveConstraint(
            model_name='learningcall',
            name='learning_call_says_something',
        ),
        migrations.AddField(
            model_name='exposurevisit',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='learningcall',
            name='planned_for',
            field=models.DateTimeField(blank=True, null=True, verbose_name='planned for'),
        ),
        migrations.AddField(
            model_name='learningcall',
            name='state',
            field=models.CharField(choices=[('planned', 'planned'), ('held', 'held'), ('missed', 'did not happen')], default='held', max_length=10),
        ),
        migrations.AddField(
            model_name='learningcall',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='session',
            name='access',
            field=models.TextField(blank=True, max_length=1000, verbose_name='getting there and taking part'),
        ),
        migrations.AddField(
            model_name='session',
            name='calendar_sequence',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='session',
            name='called_off_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='session',
            name='called_off_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='session',
            name='called_off_words',
            field=models.TextField(blank=True, max_length=500, verbose_name='why it is called off'),
        ),
        migrations.AddField(
            model_name='session',
            name='link',
            field=models.URLField(blank=True, max_length=300, verbose_name='link, when it is online'),
        ),
        migrations.AddField(
            model_name='session',
            name='state',
            field=models.CharField(choices=[('planned', 'planned'), ('called_off', 'called off')], default='planned', max_length=10),
        ),
        migrations.AddField(
            model_name='session',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='stage',
            name='ends',
            field=models.DateField(blank=True, null=True, verbose_name='last day'),
        ),
        migrations.AddField(
            model_name='stage',
            name='starts',
            field=models.DateField(blank=True, null=True, verbose_name='first day'),
        ),
        migrations.AlterField(
            model_name='learningcall',
            name='held_on',
            field=models.DateField(blank=True, null=True, verbose_name='when'),
        ),
        migrations.AlterField(
            model_name='session',
            name='stage',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='sessions', to='cohorts.stage'),
        ),
        migrations.AddIndex(
            model_name='exposurevisit',
            index=models.Index(fields=['cohort', 'made_at', 'id'], name='visit_of_cohort'),
        ),
        migrations.AddIndex(
            model_name='learningcall',
            index=models.Index(condition=models.Q(('state', 'held')), fields=['membership', 'held_on'], name='learning_call_held'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['cohort', 'starts_at'], name='session_of_cohort'),
        ),
        migrations.AddConstraint(
            model_name='cohort',
            constraint=models.CheckConstraint(condition=models.Q(('applications_close_on__isnull', True), ('ends__isnull', True), ('applications_close_on__lte', models.F('ends')), _connector='OR'), name='cohort_applications_close_before_it_ends', violation_error_message='Applications can’t close after the cohort has ended.'),
        ),
        migrations.AddConstraint(
            model_name='learningcall',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'held'), _negated=True), models.Q(('me', ''), ('organisation', ''), ('system', ''), _negated=True), _connector='OR'), name='learning_call_says_something', violation_error_message='Write a line under at least one of the three.'),
        ),
        migrations.AddConstraint(
            model_name='learningcall',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'held', 'missed'])), name='learning_call_state_known'),
        ),
        migrations.AddConstraint(
            model_name='learningcall',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('held_on__isnull', False), ('state', 'held')), models.Q(('held_on__isnull', True), ('planned_for__isnull', False), ('state__in', ['planned', 'missed'])), _connector='OR'), name='learning_call_day_stands_with_its_state'),
        ),
        migrations.AddConstraint(
            model_name='learningcall',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'planned')), fields=('membership',), name='learning_call_one_planned', violation_error_message='A call is already planned. Move that one instead.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('learning_partner', models.F('person')), _negated=True), name='membership_partner_is_somebody_else', violation_error_message='Nobody is their own learning partner.'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'called_off'])), name='session_state_known'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('called_off_at__isnull', True), ('called_off_by__isnull', True)), models.Q(('called_off_at__isnull', False), ('called_off_by__isnull', False)), _connector='OR'), name='session_called_off_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('called_off_at__isnull', True), ('called_off_words', ''), ('state', 'planned')), models.Q(('called_off_at__isnull', False), ('state', 'called_off')), _connector='OR'), name='session_called_off_stands_with_its_state'),
        ),
        migrations.AddConstraint(
            model_name='stage',
            constraint=models.CheckConstraint(condition=models.Q(('starts__isnull', True), ('ends__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='stage_ends_after_it_starts', violation_error_message='The stage can’t end before it starts.'),
        ),
    ]
