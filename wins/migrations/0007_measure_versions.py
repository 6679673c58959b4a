from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wins", "0006_impact"),
    ]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
