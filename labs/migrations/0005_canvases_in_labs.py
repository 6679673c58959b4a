import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('labs', '0003_labs'),
        ('labs', '0004_voices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='canvasshare',
            name='lab',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='canvas_shares', to='labs.lab'),
        ),
        migrations.AlterField(
            model_name='canvasshare',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='canvases_shared', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='canvasshare',
            constraint=models.UniqueConstraint(fields=('canvas', 'lab'), name='canvas_shared_in_lab_once'),
        ),
        migrations.AddConstraint(
            model_name='canvasshare',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lab__isnull', True), ('person__isnull', False)), models.Q(('lab__isnull', False), ('person__isnull', True)), _connector='OR'), name='canvas_shared_with_one'),
        ),
    ]
