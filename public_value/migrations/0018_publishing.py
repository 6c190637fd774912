import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('public_value', '0001_squashed_0017_shown_ranks'),
        ('registry', '0018_challenges'),
    ]

    operations = [
        migrations.CreateModel(
            name='Publishing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('computed_at', models.DateTimeField()),
                ('asked_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='publishings', to='public_value.edition')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'computed_at'), name='publishing_asked_once')],
            },
        ),
    ]
