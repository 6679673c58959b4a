from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("wins", "0005_pulse"),
    ]

    operations: list = []
