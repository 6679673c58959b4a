from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("labs", "0003_labs"),
    ]

    operations: list = []
