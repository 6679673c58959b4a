from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0006_digests"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="thread", name="thread_kind_known"),
        migrations.AlterField(
            model_name="thread",
            name="kind",
            field=models.CharField(
                choices=[
                    ("came_of", "came of"),
                    ("carries", "carries"),
                    ("started_from", "started from"),
                    ("rests_on", "rests on"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["came_of", "carries", "started_from", "rests_on"])
                ),
                name="thread_kind_known",
            ),
        ),
    ]
