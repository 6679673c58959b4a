from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("labs", "0001_barriers"),
    ]

    operations: list = []
