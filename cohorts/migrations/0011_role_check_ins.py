from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0010_roles"),
    ]

    operations: list = []
