from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0008_practices"),
    ]

    operations: list = []
