from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0009_match_rounds"),
    ]

    operations: list = []
