from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("wins", "0003_ripples"),
    ]

    operations: list = []
