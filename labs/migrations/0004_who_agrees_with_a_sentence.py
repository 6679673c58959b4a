"""Who agrees with a sentence of their lab. Of the sentences that are there already, the writer does, where
it stands as they wrote it; nobody is put down for words that may be another’s."""

import django.db.models.deletion
from django.db import migrations, models


def writers_agree(apps, schema_editor):
    pattern, agreement = (apps.get_model("labs", n) for n in ("Pattern", "PatternAgreement"))
    unchanged = pattern.objects.filter(version=1, made_by__left_at=None)
    agreement.objects.bulk_create(
        agreement(pattern=one, member_id=one.made_by_id, at=one.made_at) for one in unchanged
    )


class Migration(migrations.Migration):

    dependencies = [
        ('labs', '0003_who_left_is_told_nothing_of'),
    ]

    operations = [
        migrations.AddField(
            model_name='pattern',
            name='lapsed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='PatternAgreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='labs.labmember')),
                ('pattern', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreements', to='labs.pattern')),
            ],
            options={
                'verbose_name': 'agreement with a sentence',
                'ordering': ['at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('pattern', 'member'), name='pattern_agreed_once')],
            },
        ),
        migrations.RunPython(writers_agree, migrations.RunPython.noop),
    ]
