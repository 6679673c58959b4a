from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0005_leader_requests_reach_and_second_look"),
    ]

    operations: list = []
