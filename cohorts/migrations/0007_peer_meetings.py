from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0006b_joining"),
    ]

    operations: list = []
