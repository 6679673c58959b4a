from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0005_letters_carry_meetings"),
    ]

    operations: list = []
