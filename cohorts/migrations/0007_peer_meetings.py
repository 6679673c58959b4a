from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0006_running_cohorts"),
    ]

    operations: list = []
