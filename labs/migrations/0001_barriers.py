from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0010_roles"),
        ("kernel", "0005_letters_carry_meetings"),
    ]

    operations: list = []
