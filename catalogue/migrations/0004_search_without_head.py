from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0003_search_version'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='searchentry',
            name='head',
        ),
        migrations.AlterField(
            model_name='searchentry',
            name='packed',
            field=models.BinaryField(help_text='The terms again, four bytes each: thousands are joined and sent as one.'),
        ),
    ]
