from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("labs", "0004_voices"),
    ]

    operations: list = []
