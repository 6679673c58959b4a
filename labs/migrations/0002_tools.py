import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cohorts', '0011_role_check_ins'),
        ('labs', '0001_barriers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Reflection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='which day')),
                ('prompt', models.CharField(blank=True, max_length=200)),
                ('words', models.TextField(max_length=8000)),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reflections', to=settings.AUTH_USER_MODEL)),
                ('time', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reflections', to='cohorts.timerequest')),
            ],
            options={
                'verbose_name': 'reflection',
                'ordering': ['-on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('barrier', 'barrier'), ('insight', 'insight')], max_length=10)),
                ('words', models.TextField(max_length=4000)),
                ('made_at', models.DateTimeField()),
                ('reflection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='labs.reflection')),
            ],
        ),
        migrations.CreateModel(
            name='Tool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(blank=True, editable=False, max_length=40, null=True, unique=True)),
                ('place', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('title', models.CharField(max_length=80, verbose_name='what it is called')),
                ('purpose', models.TextField(max_length=600, verbose_name='what it is for')),
                ('example', models.TextField(blank=True, max_length=1500, verbose_name='an example, in short')),
                ('source', models.TextField(blank=True, max_length=600, verbose_name='where it comes from')),
                ('drawing', models.CharField(blank=True, choices=[('', 'no picture'), ('loop', 'a feedback loop'), ('power', 'who has a say, and who lives with it')], default='', max_length=10)),
                ('state', models.CharField(choices=[('offered', 'offered'), ('retired', 'retired')], default='offered', max_length=10)),
                ('made_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tools_made', to=settings.AUTH_USER_MODEL)),
                ('retired_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'thinking exercise',
                'ordering': ['place', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Canvas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80)),
                ('drawing', models.CharField(blank=True, choices=[('loop', 'loop'), ('power', 'power')], max_length=10)),
                ('about', models.CharField(blank=True, max_length=120, verbose_name='what it is about')),
                ('state', models.CharField(choices=[('begun', 'begun'), ('done', 'done')], default='begun', max_length=10)),
                ('begun_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='canvases', to=settings.AUTH_USER_MODEL)),
                ('tool', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='canvases', to='labs.tool')),
            ],
            options={
                'verbose_name': 'filled-in exercise',
                'ordering': ['-changed_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ToolQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('asked', models.CharField(max_length=200, verbose_name='question')),
                ('hint', models.CharField(blank=True, max_length=300)),
                ('options', models.TextField(blank=True, max_length=600)),
                ('part', models.CharField(blank=True, max_length=20)),
                ('example', models.TextField(blank=True, max_length=600)),
                ('tool', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='labs.tool')),
            ],
            options={
                'ordering': ['tool', 'place'],
            },
        ),
        migrations.CreateModel(
            name='WeeklyPrompt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField(verbose_name='the week that begins on')),
                ('thing_type', models.CharField(max_length=60)),
                ('thing_id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('offered', 'offered'), ('begun', 'begun'), ('set_aside', 'not this week')], default='offered', max_length=10)),
                ('offered_at', models.DateTimeField()),
                ('canvas', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='labs.canvas')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='weekly_prompts', to=settings.AUTH_USER_MODEL)),
                ('tool', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='labs.tool')),
            ],
            options={
                'verbose_name': 'weekly exercise',
                'ordering': ['-week'],
            },
        ),
        migrations.CreateModel(
            name='CanvasAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('asked', models.CharField(max_length=200, verbose_name='question')),
                ('hint', models.CharField(blank=True, max_length=300)),
                ('options', models.TextField(blank=True, max_length=600)),
                ('part', models.CharField(blank=True, max_length=20)),
                ('example', models.TextField(blank=True, max_length=600)),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='your answer')),
                ('version', models.PositiveIntegerField(default=1)),
                ('canvas', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='labs.canvas')),
            ],
            options={
                'ordering': ['canvas', 'place'],
                'constraints': [models.UniqueConstraint(fields=('canvas', 'place'), name='canvas_answer_placed_once'), models.CheckConstraint(condition=models.Q(('asked', ''), _negated=True), name='canvas_answer_asks')],
            },
        ),
        migrations.CreateModel(
            name='CanvasShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shared_at', models.DateTimeField()),
                ('canvas', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='labs.canvas')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='canvases_shared', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'shared exercise',
                'ordering': ['shared_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('canvas', 'person'), name='canvas_shared_once')],
            },
        ),
        migrations.CreateModel(
            name='PromptChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('home', 'on my home page'), ('email', 'on my home page, and by e-mail')], max_length=10)),
                ('chosen_at', models.DateTimeField()),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='prompt_choice', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'wish for a weekly exercise',
                'constraints': [models.CheckConstraint(condition=models.Q(('way__in', ['home', 'email'])), name='prompt_choice_way_known')],
            },
        ),
        migrations.AddIndex(
            model_name='reflection',
            index=models.Index(fields=['author', 'made_at', 'id'], name='reflection_newest'),
        ),
        migrations.AddConstraint(
            model_name='reflection',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='reflection_says_something'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['barrier', 'insight'])), name='passage_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='passage_says_something'),
        ),
        migrations.AddIndex(
            model_name='tool',
            index=models.Index(fields=['made_at', 'id'], name='tool_newest'),
        ),
        migrations.AddConstraint(
            model_name='tool',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='tool_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='tool',
            constraint=models.CheckConstraint(condition=models.Q(('purpose', ''), _negated=True), name='tool_says_what_for'),
        ),
        migrations.AddConstraint(
            model_name='tool',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['offered', 'retired'])), name='tool_state_known'),
        ),
        migrations.AddConstraint(
            model_name='tool',
            constraint=models.CheckConstraint(condition=models.Q(('drawing__in', ['', 'loop', 'power'])), name='tool_drawing_known'),
        ),
        migrations.AddConstraint(
            model_name='tool',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('retired_at__isnull', True), ('retired_by__isnull', True)), models.Q(('retired_at__isnull', False), ('retired_by__isnull', False)), _connector='OR'), name='tool_retired_when_and_who'),
        ),
        migrations.AddConstraint(
            model_name='tool',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('retired_at__isnull', False), ('state', 'retired')), models.Q(('retired_at__isnull', True), ('state', 'offered')), _connector='OR'), name='tool_retired_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='tool',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('key__isnull', False), ('made_by__isnull', True), ('state', 'offered')), models.Q(('key__isnull', True), ('made_by__isnull', False)), _connector='OR'), name='tool_built_in_or_made'),
        ),
        migrations.AddIndex(
            model_name='canvas',
            index=models.Index(fields=['author', 'changed_at', 'id'], name='canvas_newest'),
        ),
        migrations.AddConstraint(
            model_name='canvas',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='canvas_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='canvas',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['begun', 'done'])), name='canvas_state_known'),
        ),
        migrations.AddConstraint(
            model_name='canvas',
            constraint=models.CheckConstraint(condition=models.Q(('drawing__in', ['', 'loop', 'power'])), name='canvas_drawing_known'),
        ),
        migrations.AddConstraint(
            model_name='canvas',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state', 'done')), models.Q(('finished_at__isnull', True), ('state', 'begun')), _connector='OR'), name='canvas_done_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='toolquestion',
            constraint=models.UniqueConstraint(fields=('tool', 'place'), name='tool_question_placed_once'),
        ),
        migrations.AddConstraint(
            model_name='toolquestion',
            constraint=models.CheckConstraint(condition=models.Q(('asked', ''), _negated=True), name='tool_question_asks'),
        ),
        migrations.AddConstraint(
            model_name='weeklyprompt',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['offered', 'begun', 'set_aside'])), name='weekly_prompt_state_known'),
        ),
        migrations.AddConstraint(
            model_name='weeklyprompt',
            constraint=models.UniqueConstraint(fields=('person', 'week'), name='weekly_prompt_once_a_week'),
        ),
        migrations.AddConstraint(
            model_name='weeklyprompt',
            constraint=models.CheckConstraint(condition=models.Q(('week__iso_week_day', 1)), name='weekly_prompt_week_is_a_monday'),
        ),
        migrations.AddConstraint(
            model_name='weeklyprompt',
            constraint=models.CheckConstraint(condition=models.Q(('canvas__isnull', True), ('state', 'begun'), _connector='OR'), name='weekly_prompt_canvas_once_begun'),
        ),
    ]
