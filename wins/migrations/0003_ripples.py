from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("wins", "0002_measures"),
    ]

    operations: list = []
