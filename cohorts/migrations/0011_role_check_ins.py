import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0010_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name='RoleCheckIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moment', models.PositiveSmallIntegerField(choices=[(0, 'when you joined'), (6, 'six months on'), (12, 'a year on'), (24, 'two years on')])),
                ('asked_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('where', models.CharField(blank=True, choices=[('same', 'in the same frontline job'), ('elsewhere', 'in another frontline job'), ('influencing', 'no longer on the frontline, still trying to change things'), ('left', 'no longer in this line of work'), ('unsaid', 'I would rather not say')], max_length=12, verbose_name='where you are now')),
                ('in_a_year', models.CharField(blank=True, choices=[('staying', 'on the frontline'), ('unsure', 'I don’t know yet'), ('going', 'somewhere else'), ('unsaid', 'I would rather not say')], max_length=12, verbose_name='where you will be in a year')),
                ('words', models.TextField(blank=True, max_length=1000, verbose_name='what made you stay or go')),
                ('may_show', models.BooleanField(default=False, verbose_name='others may read these words, without my name')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_ins', to='cohorts.membership')),
            ],
            options={
                'verbose_name': 'check-in',
                'ordering': ['membership', 'moment'],
                'indexes': [models.Index(condition=models.Q(('answered_at__isnull', True)), fields=['asked_at'], name='role_check_in_unanswered')],
                'constraints': [models.UniqueConstraint(fields=('membership', 'moment'), name='role_check_in_asked_once'), models.CheckConstraint(condition=models.Q(('moment__in', [0, 6, 12, 24])), name='role_check_in_moment_known'), models.CheckConstraint(condition=models.Q(('where__in', ['', 'same', 'elsewhere', 'influencing', 'left', 'unsaid'])), name='role_check_in_where_known'), models.CheckConstraint(condition=models.Q(('in_a_year__in', ['', 'staying', 'unsure', 'going', 'unsaid'])), name='role_check_in_in_a_year_known'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('in_a_year', ''), ('where', ''), ('words', '')), models.Q(('answered_at__isnull', False), models.Q(('where', ''), _negated=True), models.Q(('in_a_year', ''), _negated=True)), _connector='OR'), name='role_check_in_answered_says_where'), models.CheckConstraint(condition=models.Q(('may_show', False), models.Q(('words', ''), _negated=True), _connector='OR'), name='role_check_in_shows_only_words')],
            },
        ),
    ]
