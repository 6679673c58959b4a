import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0006b_joining"),
    ]

    operations = [
        migrations.CreateModel(
            name='PeerMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('one_to_one', 'one to one'), ('visit', 'shadowing visit'), ('open', 'open meeting')], default='one_to_one', max_length=12)),
                ('question', models.TextField(max_length=500, verbose_name='the question to compare')),
                ('state', models.CharField(choices=[('invited', 'waiting for dates'), ('dates_proposed', 'dates proposed'), ('arranged', 'arranged'), ('held', 'held'), ('did_not_happen', 'did not happen'), ('declined', 'declined'), ('called_off', 'called off')], default='invited', max_length=16)),
                ('made_at', models.DateTimeField()),
                ('since', models.DateTimeField()),
                ('hours', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='hours, with travel')),
                ('seats', models.PositiveSmallIntegerField()),
                ('meets_at', models.DateTimeField(blank=True, null=True)),
                ('where', models.CharField(blank=True, max_length=200)),
                ('link', models.URLField(blank=True, max_length=300, verbose_name='link to the call')),
                ('access_note', models.CharField(blank=True, max_length=300, verbose_name='how to get in')),
                ('calendar_sequence', models.PositiveIntegerField(default=0)),
                ('asked_whether_held_at', models.DateTimeField(blank=True, null=True)),
                ('held_at', models.DateTimeField(blank=True, null=True, verbose_name='said to be held at')),
                ('called_off_at', models.DateTimeField(blank=True, null=True)),
                ('called_off_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dates_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peer_meetings_made', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'meeting',
                'ordering': ['-since', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ComparisonNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('we_do', models.TextField(blank=True, max_length=2000, verbose_name='we do')),
                ('they_do', models.TextField(blank=True, max_length=2000, verbose_name='they do')),
                ('will_try', models.TextField(blank=True, max_length=1000, verbose_name='I’ll try')),
                ('written_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('asked_how_at', models.DateTimeField(blank=True, null=True)),
                ('tried', models.CharField(blank=True, choices=[('yes', 'I tried it'), ('not_yet', 'not yet'), ('no', 'I won’t try it after all')], max_length=8)),
                ('tried_words', models.TextField(blank=True, max_length=2000, verbose_name='what happened')),
                ('tried_at', models.DateTimeField(blank=True, null=True, verbose_name='said at')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comparison_notes', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='cohorts.peermeeting')),
            ],
            options={
                'verbose_name': 'comparison note',
                'ordering': ['written_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PeerMeetingWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=20)),
                ('words', models.TextField(blank=True, max_length=1000)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='peer_words', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='cohorts.peermeeting')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PeerPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'asked'), ('going', 'going'), ('waiting', 'on the waiting list'), ('left', 'not coming'), ('declined', 'said no')], default='asked', max_length=10)),
                ('seat', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('seats', models.PositiveSmallIntegerField()),
                ('turn', models.PositiveIntegerField()),
                ('since', models.DateTimeField()),
                ('answered_dates_at', models.DateTimeField(blank=True, null=True)),
                ('absent', models.BooleanField(default=False, verbose_name='says they were not there')),
                ('reminders', models.PositiveSmallIntegerField(default=0, verbose_name='reminders to write a note')),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='cohorts.peermeeting')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='peer_places', to=settings.AUTH_USER_MODEL)),
                ('time_request', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='peer_place', to='cohorts.timerequest')),
            ],
            options={
                'verbose_name': 'place in a meeting',
                'verbose_name_plural': 'places in meetings',
                'ordering': ['meeting', 'turn', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ProposedDate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dates', to='cohorts.peermeeting')),
            ],
            options={
                'ordering': ['starts_at', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='peermeeting',
            index=models.Index(condition=models.Q(('state', 'arranged')), fields=['meets_at', 'id'], name='peer_meeting_arranged'),
        ),
        migrations.AddIndex(
            model_name='peermeeting',
            index=models.Index(condition=models.Q(('kind', 'open')), fields=['meets_at', 'id'], name='peer_meeting_open'),
        ),
        migrations.AddConstraint(
            model_name='peermeeting',
            constraint=models.CheckConstraint(condition=models.Q(('question', ''), _negated=True), name='peer_meeting_has_a_question'),
        ),
        migrations.AddConstraint(
            model_name='peermeeting',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['one_to_one', 'visit', 'open'])), name='peer_meeting_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='peermeeting',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['invited', 'dates_proposed', 'arranged', 'held', 'did_not_happen', 'declined', 'called_off'])), name='peer_meeting_state_known'),
        ),
        migrations.AddConstraint(
            model_name='peermeeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'open'), ('seats__range', (2, 200))), models.Q(('kind', 'visit'), ('seats', 1)), models.Q(('kind', 'one_to_one'), ('seats__range', (1, 3))), _connector='OR'), name='peer_meeting_seats_of_its_kind', violation_error_message='An open meeting has from 2 to 200 seats.'),
        ),
        migrations.AddConstraint(
            model_name='peermeeting',
            constraint=models.UniqueConstraint(fields=('id', 'seats'), name='peer_meeting_of_so_many'),
        ),
        migrations.AddConstraint(
            model_name='peermeeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'open'), _negated=True), ('state__in', ['arranged', 'held', 'did_not_happen', 'called_off']), _connector='OR'), name='peer_meeting_open_is_never_negotiated'),
        ),
        migrations.AddConstraint(
            model_name='peermeeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('meets_at__isnull', False), ('state__in', ['arranged', 'held', 'did_not_happen'])), models.Q(('meets_at__isnull', True), ('state__in', ['invited', 'dates_proposed', 'declined'])), ('state', 'called_off'), _connector='OR'), name='peer_meeting_arranged_has_a_date'),
        ),
        migrations.AddConstraint(
            model_name='peermeeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dates_by__isnull', False), ('state', 'dates_proposed')), models.Q(models.Q(('state', 'dates_proposed'), _negated=True), ('dates_by__isnull', True)), _connector='OR'), name='peer_meeting_dates_are_somebodys'),
        ),
        migrations.AddConstraint(
            model_name='peermeeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('held_at__isnull', False), ('state', 'held')), models.Q(models.Q(('state', 'held'), _negated=True), ('held_at__isnull', True)), _connector='OR'), name='peer_meeting_held_has_a_time'),
        ),
        migrations.AddConstraint(
            model_name='peermeeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('called_off_at__isnull', True), ('called_off_by__isnull', True)), models.Q(('called_off_at__isnull', False), ('called_off_by__isnull', False)), _connector='OR'), name='peer_meeting_called_off_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='peermeeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('called_off_at__isnull', False), ('state', 'called_off')), models.Q(models.Q(('state', 'called_off'), _negated=True), ('called_off_at__isnull', True)), _connector='OR'), name='peer_meeting_called_off_has_a_time'),
        ),
        migrations.AddConstraint(
            model_name='peermeeting',
            constraint=models.CheckConstraint(condition=models.Q(('hours__gt', 0), ('hours__lte', 12)), name='peer_meeting_hours_in_reason'),
        ),
        migrations.AddIndex(
            model_name='comparisonnote',
            index=models.Index(condition=models.Q(('asked_how_at__isnull', True), models.Q(('will_try', ''), _negated=True)), fields=['written_at'], name='note_to_ask_about'),
        ),
        migrations.AddConstraint(
            model_name='comparisonnote',
            constraint=models.UniqueConstraint(fields=('meeting', 'author'), name='note_one_a_person', violation_error_message='You have written a note of this meeting already.'),
        ),
        migrations.AddConstraint(
            model_name='comparisonnote',
            constraint=models.CheckConstraint(condition=models.Q(('they_do', ''), ('we_do', ''), ('will_try', ''), _negated=True), name='note_says_something'),
        ),
        migrations.AddConstraint(
            model_name='comparisonnote',
            constraint=models.CheckConstraint(condition=models.Q(('tried__in', ['', 'yes', 'not_yet', 'no'])), name='note_tried_known'),
        ),
        migrations.AddConstraint(
            model_name='comparisonnote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tried', ''), ('tried_at__isnull', True)), models.Q(models.Q(('tried', ''), _negated=True), ('tried_at__isnull', False)), _connector='OR'), name='note_tried_has_a_time'),
        ),
        migrations.AddConstraint(
            model_name='peermeetingword',
            constraint=models.CheckConstraint(condition=models.Q(('step', ''), _negated=True), name='peer_word_has_a_step'),
        ),
        migrations.AddIndex(
            model_name='peerplace',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['meeting', 'turn'], name='peer_place_waiting'),
        ),
        migrations.AddConstraint(
            model_name='peerplace',
            constraint=models.UniqueConstraint(fields=('meeting', 'person'), name='peer_place_one_a_person', violation_error_message='They have a place in this meeting already.'),
        ),
        migrations.AddConstraint(
            model_name='peerplace',
            constraint=models.UniqueConstraint(fields=('meeting', 'turn'), name='peer_place_one_a_turn'),
        ),
        migrations.AddConstraint(
            model_name='peerplace',
            constraint=models.UniqueConstraint(condition=models.Q(('seat__isnull', False)), fields=('meeting', 'seat'), name='peer_place_one_a_seat', violation_error_message='Somebody else has that seat.'),
        ),
        migrations.AddConstraint(
            model_name='peerplace',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('seat__isnull', False), ('state', 'going')), models.Q(models.Q(('state', 'going'), _negated=True), ('seat__isnull', True)), _connector='OR'), name='peer_place_going_has_a_seat'),
        ),
        migrations.AddConstraint(
            model_name='peerplace',
            constraint=models.CheckConstraint(condition=models.Q(('seat__isnull', True), ('seat__lte', models.F('seats')), _connector='OR'), name='peer_place_seat_is_one_there_is', violation_error_message='There are no more seats.'),
        ),
        migrations.AddConstraint(
            model_name='peerplace',
            constraint=models.CheckConstraint(condition=models.Q(('absent', False), ('state', 'going'), _connector='OR'), name='peer_place_absent_had_a_seat'),
        ),
        migrations.AddConstraint(
            model_name='peerplace',
            constraint=models.CheckConstraint(condition=models.Q(('time_request__isnull', True), ('state', 'going'), _connector='OR'), name='peer_place_time_of_who_goes'),
        ),
        migrations.AddConstraint(
            model_name='peerplace',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'going', 'waiting', 'left', 'declined'])), name='peer_place_state_known'),
        ),
        migrations.AddConstraint(
            model_name='proposeddate',
            constraint=models.UniqueConstraint(fields=('meeting', 'starts_at'), name='proposed_date_once', violation_error_message='You proposed that date twice.'),
        ),
        migrations.RunSQL(
            """
            ALTER TABLE cohorts_peerplace ADD CONSTRAINT peer_place_of_so_many_seats
              FOREIGN KEY (meeting_id, seats) REFERENCES cohorts_peermeeting (id, seats)
              ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE cohorts_peerplace DROP CONSTRAINT peer_place_of_so_many_seats",
        ),
    ]
