import datetime
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.expressions
import labs.models.barrier_answers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0010_roles"),
        ("kernel", "0005_letters_carry_meetings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Barrier',
            fields=[
                ('id', models.BigIntegerField(default=labs.models.barrier_answers.random_key, editable=False, primary_key=True, serialize=False)),
                ('what', models.TextField(max_length=2000, verbose_name='what gets in the way')),
                ('who_feels', models.CharField(blank=True, max_length=300, verbose_name='who feels it')),
                ('reported', models.CharField(blank=True, choices=[('yes', 'yes'), ('no', 'no'), ('does_not_count', 'it is, but it doesn’t count'), ('', 'not said')], max_length=14, verbose_name='reported anywhere')),
                ('rule', models.CharField(blank=True, choices=[('written', 'a written rule'), ('habit', 'a local habit'), ('nobody_knows', 'nobody knows'), ('', 'not said')], max_length=12, verbose_name='rule or habit')),
                ('rule_cited', models.CharField(blank=True, max_length=500, verbose_name='which rule')),
                ('power', models.CharField(blank=True, max_length=300, verbose_name='who has the power to change it')),
                ('week', models.DateField(verbose_name='week it was raised in')),
                ('receipt_hash', models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ('way', models.CharField(choices=[('named', 'with my name'), ('hidden', 'hidden from my organisation'), ('anonymous', 'anonymous')], max_length=10, verbose_name='how it was raised')),
                ('shown_on', models.DateField(verbose_name='on the board since')),
                ('state', models.CharField(choices=[('raised', 'raised'), ('looking', 'being looked at'), ('promised', 'change promised'), ('in_lab', 'picked up by a lab'), ('changed', 'changed, not yet confirmed'), ('cannot', 'can’t be changed'), ('duplicate', 'same as another'), ('set_aside', 'set aside'), ('fixed', 'fixed')], default='raised', max_length=10)),
                ('kind', models.GeneratedField(db_persist=True, expression=models.Case(models.When(state='fixed', then=models.Value('fixed')), models.When(state__in=['cannot', 'duplicate', 'set_aside'], then=models.Value('closed')), default=models.Value('open')), output_field=models.CharField(max_length=6))),
                ('version', models.PositiveIntegerField(default=1)),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='promised by')),
                ('changed_on', models.DateField(blank=True, null=True, verbose_name='said to be changed on')),
                ('asked_on', models.DateField(blank=True, null=True, verbose_name='asked whether it is fixed on')),
                ('reminded_on', models.DateField(blank=True, null=True, verbose_name='holder reminded on')),
                ('before_merge', models.CharField(blank=True, max_length=10)),
                ('receipt_says', models.CharField(blank=True, max_length=10)),
                ('receipt_words', models.CharField(blank=True, max_length=1000)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('what', config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector('who_feels', 'rule_cited', 'power', config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('duplicate_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duplicates', to='labs.barrier')),
                ('hidden_from', models.ManyToManyField(blank=True, related_name='+', to='cohorts.organisation')),
                ('leader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='cohorts.leader')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='cohorts.place')),
                ('raised_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='barriers', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='barriers', to='cohorts.service')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='cohorts.theme')),
            ],
            options={
                'verbose_name': 'barrier',
                'ordering': ['-shown_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='BarrierWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('looking', 'is looking at it'), ('promised', 'promised a change'), ('cannot', 'says it can’t be changed'), ('changed', 'says it has changed'), ('asked', 'asked whether it is fixed'), ('confirmed', 'says it is fixed'), ('reopened', 'says it is not fixed'), ('picked_up', 'took it into a lab'), ('put_down', 'gave it back from the lab'), ('merged', 'put it together with another'), ('unmerged', 'took the two apart again'), ('set_aside', 'set it aside'), ('put_back', 'put it back on the board'), ('holder', 'asked somebody to answer'), ('handed_down', 'handed the decision down'), ('taken_back', 'took the decision back')], max_length=12)),
                ('by_name', models.CharField(blank=True, max_length=100)),
                ('words', models.TextField(blank=True, max_length=2000)),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='by when')),
                ('on', models.DateField()),
                ('barrier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='labs.barrier')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('deputy_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'word about a barrier',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='HandedDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.TextField(max_length=1000, verbose_name='what the team may decide')),
                ('limits', models.TextField(max_length=1000, verbose_name='within which limits')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('state', models.CharField(choices=[('in_force', 'yours to decide'), ('taken_back', 'taken back')], default='in_force', max_length=10)),
                ('handed_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('why_taken_back', models.TextField(blank=True, max_length=1000)),
                ('barrier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handed_decisions', to='labs.barrier')),
                ('leader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handed_decisions', to='cohorts.leader')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handed_decisions', to='cohorts.service')),
                ('taken_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'decision handed down',
                'verbose_name_plural': 'decisions handed down',
                'ordering': ['-handed_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='HeldBarrier',
            fields=[
                ('id', models.BigIntegerField(default=labs.models.barrier_answers.random_key, editable=False, primary_key=True, serialize=False)),
                ('what', models.TextField(max_length=2000, verbose_name='what gets in the way')),
                ('who_feels', models.CharField(blank=True, max_length=300, verbose_name='who feels it')),
                ('reported', models.CharField(blank=True, choices=[('yes', 'yes'), ('no', 'no'), ('does_not_count', 'it is, but it doesn’t count'), ('', 'not said')], max_length=14, verbose_name='reported anywhere')),
                ('rule', models.CharField(blank=True, choices=[('written', 'a written rule'), ('habit', 'a local habit'), ('nobody_knows', 'nobody knows'), ('', 'not said')], max_length=12, verbose_name='rule or habit')),
                ('rule_cited', models.CharField(blank=True, max_length=500, verbose_name='which rule')),
                ('power', models.CharField(blank=True, max_length=300, verbose_name='who has the power to change it')),
                ('week', models.DateField(verbose_name='week it was raised in')),
                ('receipt_hash', models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ('held_on', models.DateField()),
                ('leader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='cohorts.leader')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='cohorts.place')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='cohorts.theme')),
            ],
            options={
                'verbose_name': 'barrier held back',
            },
        ),
        migrations.CreateModel(
            name='SameHere',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=300, verbose_name='how it shows here')),
                ('said_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('barrier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='same_heres', to='labs.barrier')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='same_heres', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='same_heres', to='cohorts.service')),
            ],
            options={
                'verbose_name': 'same here',
                'ordering': ['said_at', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='barrier',
            index=models.Index(fields=['kind', 'shown_on', 'id'], name='barrier_newest'),
        ),
        migrations.AddIndex(
            model_name='barrier',
            index=models.Index(fields=['theme', 'kind', 'shown_on', 'id'], name='barrier_by_theme'),
        ),
        migrations.AddIndex(
            model_name='barrier',
            index=models.Index(fields=['raised_by', 'shown_on', 'id'], name='barrier_by_raiser'),
        ),
        migrations.AddIndex(
            model_name='barrier',
            index=models.Index(condition=models.Q(('state', 'changed')), fields=['changed_on'], name='barrier_to_ask'),
        ),
        migrations.AddIndex(
            model_name='barrier',
            index=models.Index(condition=models.Q(('state', 'promised')), fields=['due_on'], name='barrier_due'),
        ),
        migrations.AddIndex(
            model_name='barrier',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='barrier_search'),
        ),
        migrations.AddConstraint(
            model_name='barrier',
            constraint=models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='barrier_says_what'),
        ),
        migrations.AddConstraint(
            model_name='barrier',
            constraint=models.CheckConstraint(condition=models.Q(('reported__in', ['yes', 'no', 'does_not_count', ''])), name='barrier_reported_known'),
        ),
        migrations.AddConstraint(
            model_name='barrier',
            constraint=models.CheckConstraint(condition=models.Q(('rule__in', ['written', 'habit', 'nobody_knows', ''])), name='barrier_rule_known'),
        ),
        migrations.AddConstraint(
            model_name='barrier',
            constraint=models.CheckConstraint(condition=models.Q(('rule_cited', ''), ('rule', 'written'), _connector='OR'), name='barrier_only_a_rule_is_cited'),
        ),
        migrations.AddConstraint(
            model_name='barrier',
            constraint=models.CheckConstraint(condition=models.Q(('week__iso_week_day', 1)), name='barrier_week_begins_on_monday'),
        ),
        migrations.AddConstraint(
            model_name='barrier',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['named', 'hidden', 'anonymous'])), name='barrier_way_known'),
        ),
        migrations.AddConstraint(
            model_name='barrier',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['raised', 'looking', 'promised', 'in_lab', 'changed', 'cannot', 'duplicate', 'set_aside', 'fixed'])), name='barrier_state_known'),
        ),
        migrations.AddConstraint(
            model_name='barrier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('raised_by__isnull', True), ('receipt_hash__isnull', False), ('service__isnull', True), ('way', 'anonymous')), models.Q(models.Q(('way', 'anonymous'), _negated=True), ('raised_by__isnull', False), ('receipt_hash__isnull', True), ('receipt_says', '')), _connector='OR'), name='barrier_anonymous_names_nobody'),
        ),
        migrations.AddConstraint(
            model_name='barrier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_on__isnull', False), ('state', 'promised')), models.Q(('state', 'promised'), _negated=True), _connector='OR'), name='barrier_promise_has_a_day'),
        ),
        migrations.AddConstraint(
            model_name='barrier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('changed_on__isnull', False), ('state__in', ['changed', 'fixed'])), models.Q(('state__in', ['changed', 'fixed']), _negated=True), _connector='OR'), name='barrier_changed_has_a_day'),
        ),
        migrations.AddConstraint(
            model_name='barrier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked_on__isnull', False), ('state', 'fixed')), models.Q(('state', 'fixed'), _negated=True), _connector='OR'), name='barrier_fixed_only_once_asked'),
        ),
        migrations.AddConstraint(
            model_name='barrier',
            constraint=models.CheckConstraint(condition=models.Q(('asked_on__isnull', True), models.Q(('asked_on__gte', django.db.models.expressions.CombinedExpression(models.F('changed_on'), '+', models.Value(datetime.timedelta(days=28)))), ('changed_on__isnull', False)), _connector='OR'), name='barrier_asked_after_four_weeks'),
        ),
        migrations.AddConstraint(
            model_name='barrier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('duplicate_of__isnull', False), ('state', 'duplicate'), models.Q(('duplicate_of', models.F('id')), _negated=True), ('before_merge__in', ['raised', 'looking'])), models.Q(models.Q(('state', 'duplicate'), _negated=True), ('before_merge', ''), ('duplicate_of__isnull', True)), _connector='OR'), name='barrier_duplicate_of_another'),
        ),
        migrations.AddConstraint(
            model_name='barrier',
            constraint=models.CheckConstraint(condition=models.Q(('receipt_says__in', ['', 'fixed', 'not_fixed'])), name='barrier_receipt_says_known'),
        ),
        migrations.AddConstraint(
            model_name='barrierword',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ['looking', 'promised', 'cannot', 'changed', 'asked', 'confirmed', 'reopened', 'picked_up', 'put_down', 'merged', 'unmerged', 'set_aside', 'put_back', 'holder', 'handed_down', 'taken_back'])), name='barrier_word_step_known'),
        ),
        migrations.AddConstraint(
            model_name='barrierword',
            constraint=models.CheckConstraint(condition=models.Q(('by_name', ''), ('by__isnull', True), _connector='OR'), name='barrier_word_has_one_author'),
        ),
        migrations.AddConstraint(
            model_name='barrierword',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('step__in', ['promised', 'cannot', 'set_aside']), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='barrier_word_says_why'),
        ),
        migrations.AddConstraint(
            model_name='barrierword',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_on__isnull', False), ('step', 'promised')), models.Q(models.Q(('step', 'promised'), _negated=True), ('due_on__isnull', True)), _connector='OR'), name='barrier_word_promise_has_a_day'),
        ),
        migrations.AddIndex(
            model_name='handeddecision',
            index=models.Index(fields=['handed_at', 'id'], name='handed_decision_newest'),
        ),
        migrations.AddConstraint(
            model_name='handeddecision',
            constraint=models.CheckConstraint(condition=models.Q(('decision', ''), _negated=True), name='handed_decision_says_what'),
        ),
        migrations.AddConstraint(
            model_name='handeddecision',
            constraint=models.CheckConstraint(condition=models.Q(('limits', ''), _negated=True), name='handed_decision_has_limits'),
        ),
        migrations.AddConstraint(
            model_name='handeddecision',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['in_force', 'taken_back'])), name='handed_decision_state_known'),
        ),
        migrations.AddConstraint(
            model_name='handeddecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at__isnull', True), ('taken_back_by__isnull', True)), models.Q(('taken_back_at__isnull', False), ('taken_back_by__isnull', False)), _connector='OR'), name='handed_decision_taken_back_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='handeddecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'in_force'), ('taken_back_at__isnull', True), ('why_taken_back', '')), models.Q(('state', 'taken_back'), ('taken_back_at__isnull', False), models.Q(('why_taken_back', ''), _negated=True)), _connector='OR'), name='handed_decision_taken_back_in_words'),
        ),
        migrations.AddConstraint(
            model_name='handeddecision',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'in_force')), fields=('barrier', 'service'), name='handed_decision_one_in_force', violation_error_message='That team may decide this already. Take it back first.'),
        ),
        migrations.AddConstraint(
            model_name='heldbarrier',
            constraint=models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='held_barrier_says_what'),
        ),
        migrations.AddConstraint(
            model_name='heldbarrier',
            constraint=models.CheckConstraint(condition=models.Q(('reported__in', ['yes', 'no', 'does_not_count', ''])), name='held_barrier_reported_known'),
        ),
        migrations.AddConstraint(
            model_name='heldbarrier',
            constraint=models.CheckConstraint(condition=models.Q(('rule__in', ['written', 'habit', 'nobody_knows', ''])), name='held_barrier_rule_known'),
        ),
        migrations.AddConstraint(
            model_name='heldbarrier',
            constraint=models.CheckConstraint(condition=models.Q(('rule_cited', ''), ('rule', 'written'), _connector='OR'), name='held_barrier_only_a_rule_is_cited'),
        ),
        migrations.AddConstraint(
            model_name='heldbarrier',
            constraint=models.CheckConstraint(condition=models.Q(('week__iso_week_day', 1)), name='held_barrier_week_begins_on_monday'),
        ),
        migrations.AddConstraint(
            model_name='samehere',
            constraint=models.UniqueConstraint(fields=('barrier', 'person'), name='same_here_said_once'),
        ),
        migrations.AddConstraint(
            model_name='samehere',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='same_here_says_how'),
        ),
    ]
