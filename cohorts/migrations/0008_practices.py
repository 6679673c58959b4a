from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0007_peer_meetings"),
    ]

    operations: list = []
