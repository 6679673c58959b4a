from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("wins", "0001_initial"),
    ]

    operations: list = []
