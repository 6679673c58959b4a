from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('cohorts', '0012_boards'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='by_code_card',
            field=models.BooleanField(default=False, editable=False, verbose_name='came by a code card'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('by_code_card', False), models.Q(('email__endswith', '.invalid'), ('hears_by_email', False), ('is_staff', False), ('open_to_meet', False)), _connector='OR'), name='person_by_code_card_has_no_address'),
        ),
    ]
