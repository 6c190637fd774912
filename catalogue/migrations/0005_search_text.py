import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

MOVE = "INSERT INTO catalogue_searchtext (component_id, words) SELECT component_id, search FROM catalogue_searchentry"
MOVE_BACK = """
    UPDATE catalogue_searchentry entry SET search = text.words FROM catalogue_searchtext text
    WHERE text.component_id = entry.component_id
"""
# Wide words lie apart, so that a row is the component's number and where they are.
NARROW = """
    ALTER TABLE catalogue_searchtext SET (toast_tuple_target = 128);
    ALTER TABLE catalogue_searchtext ALTER COLUMN words SET STORAGE EXTERNAL;
    CREATE TRIGGER search_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON catalogue_searchtext
    FOR EACH STATEMENT EXECUTE FUNCTION search_changed();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0004_search_without_head'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchText',
            fields=[
                ('component', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='text', serialize=False, to='catalogue.component')),
                ('words', django.contrib.postgres.search.SearchVectorField()),
            ],
        ),
        migrations.RunSQL(NARROW, migrations.RunSQL.noop),
        migrations.RunSQL(MOVE, MOVE_BACK),
        migrations.RemoveIndex(model_name='searchentry', name='search_entry_text'),
        migrations.RemoveField(model_name='searchentry', name='search'),
        migrations.AddIndex(
            model_name='searchtext',
            index=django.contrib.postgres.indexes.GinIndex(fields=['words'], name='search_text_words'),
        ),
    ]
