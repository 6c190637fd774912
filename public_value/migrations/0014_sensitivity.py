from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('public_value', '0013_realised'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='sensitivity',
            field=models.JSONField(default=dict, help_text='Which judgements move the scores most.'),
        ),
    ]
