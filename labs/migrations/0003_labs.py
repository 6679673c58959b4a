from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("labs", "0002_tools"),
    ]

    operations: list = []
