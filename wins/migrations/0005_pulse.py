from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("wins", "0004_stories"),
    ]

    operations: list = []
