import catalogue.addresses
import catalogue.interfaces
import catalogue.models.synonym
import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


TRIGGER = (
    "CREATE TRIGGER search_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON catalogue_synonym"
    " FOR EACH STATEMENT EXECUTE FUNCTION search_changed()"
)


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0001_squashed_0004_search_without_head'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='component',
            name='changed_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='component',
            name='deleted_delete',
        ),
        migrations.CreateModel(
            name='Column',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=300)),
                ('type', models.CharField(blank=True, max_length=120)),
                ('description', models.TextField(blank=True)),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='columns', to='catalogue.component')),
            ],
            options={
                'ordering': ['number'],
                'indexes': [django.contrib.postgres.indexes.HashIndex(catalogue.interfaces.ColumnKey('name'), name='column_by_name')],
                'constraints': [models.UniqueConstraint(fields=('component', 'name'), name='column_said_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='column_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='ColumnEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=300)),
                ('type', models.CharField(blank=True, max_length=120)),
                ('description', models.TextField(blank=True)),
                ('component', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.component')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.column')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Description',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.CharField(max_length=40)),
                ('address', models.TextField(blank=True)),
                ('text', models.TextField()),
                ('read_at', models.DateTimeField()),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='descriptions', to='catalogue.component')),
            ],
            options={
                'ordering': ['-read_at', '-id'],
                'constraints': [models.UniqueConstraint(fields=('component', 'format', 'address'), name='description_kept_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='description_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Operation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('method', models.CharField(choices=[('GET', 'GET'), ('PUT', 'PUT'), ('POST', 'POST'), ('DELETE', 'DELETE'), ('OPTIONS', 'OPTIONS'), ('HEAD', 'HEAD'), ('PATCH', 'PATCH'), ('TRACE', 'TRACE'), ('QUERY', 'QUERY')], max_length=10)),
                ('path', models.CharField(max_length=1000)),
                ('summary', models.TextField(blank=True)),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='operations', to='catalogue.component')),
            ],
            options={
                'ordering': ['path', 'method'],
                'indexes': [django.contrib.postgres.indexes.HashIndex(catalogue.interfaces.PathKey('path'), name='operation_by_path')],
                'constraints': [models.UniqueConstraint(fields=('component', 'method', 'path'), name='operation_said_once'), models.CheckConstraint(condition=models.Q(('method__in', ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE', 'QUERY'])), name='operation_method_is_known'), models.CheckConstraint(condition=models.Q(('path', ''), _negated=True), name='operation_has_a_path')],
            },
        ),
        migrations.CreateModel(
            name='OperationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('method', models.CharField(choices=[('GET', 'GET'), ('PUT', 'PUT'), ('POST', 'POST'), ('DELETE', 'DELETE'), ('OPTIONS', 'OPTIONS'), ('HEAD', 'HEAD'), ('PATCH', 'PATCH'), ('TRACE', 'TRACE'), ('QUERY', 'QUERY')], max_length=10)),
                ('path', models.CharField(max_length=1000)),
                ('summary', models.TextField(blank=True)),
                ('component', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.component')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.operation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Profile',
            fields=[
                ('component', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='profile', serialize=False, to='catalogue.component')),
                ('hosting', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('hosted', 'Hosted by who looks after it'), ('supplier', 'Hosted by suppliers'), ('self_run', 'Each body runs its own')], max_length=20), blank=True, default=list)),
                ('start', models.TextField(blank=True, help_text='How to start, in steps. Markdown.')),
                ('start_url', models.TextField(blank=True, help_text='Where to start: a form, a guide.')),
                ('contact_name', models.CharField(blank=True, max_length=300)),
                ('contact_email', models.CharField(blank=True, max_length=254)),
                ('contact_url', models.TextField(blank=True)),
                ('support', models.TextField(blank=True, help_text='Who helps, when, and how fast. Markdown.')),
                ('security_url', models.TextField(blank=True, help_text='The security statement.')),
                ('accessibility_url', models.TextField(blank=True, help_text='The accessibility statement.')),
                ('api_description_url', models.TextField(blank=True, help_text="The interface's description: OpenAPI.")),
                ('leaving', models.TextField(blank=True, help_text='How a body leaves and takes its data along. Markdown.')),
                ('limits', models.TextField(blank=True, help_text='Known limits and edge cases. Markdown.')),
                ('version', models.CharField(blank=True, max_length=120)),
                ('released_on', models.DateField(blank=True, help_text='The day of that version.', null=True)),
                ('ends_on', models.DateField(blank=True, help_text='The day on which it is switched off.', null=True)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=35), blank=True, default=list, help_text='BCP 47 tags.')),
                ('keywords', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('hosting__contained_by', ['hosted', 'supplier', 'self_run'])), name='profile_hosting_is_known')],
            },
        ),
        migrations.CreateModel(
            name='ProfileEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('hosting', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('hosted', 'Hosted by who looks after it'), ('supplier', 'Hosted by suppliers'), ('self_run', 'Each body runs its own')], max_length=20), blank=True, default=list)),
                ('start', models.TextField(blank=True, help_text='How to start, in steps. Markdown.')),
                ('start_url', models.TextField(blank=True, help_text='Where to start: a form, a guide.')),
                ('contact_name', models.CharField(blank=True, max_length=300)),
                ('contact_email', models.CharField(blank=True, max_length=254)),
                ('contact_url', models.TextField(blank=True)),
                ('support', models.TextField(blank=True, help_text='Who helps, when, and how fast. Markdown.')),
                ('security_url', models.TextField(blank=True, help_text='The security statement.')),
                ('accessibility_url', models.TextField(blank=True, help_text='The accessibility statement.')),
                ('api_description_url', models.TextField(blank=True, help_text="The interface's description: OpenAPI.")),
                ('leaving', models.TextField(blank=True, help_text='How a body leaves and takes its data along. Markdown.')),
                ('limits', models.TextField(blank=True, help_text='Known limits and edge cases. Markdown.')),
                ('version', models.CharField(blank=True, max_length=120)),
                ('released_on', models.DateField(blank=True, help_text='The day of that version.', null=True)),
                ('ends_on', models.DateField(blank=True, help_text='The day on which it is switched off.', null=True)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=35), blank=True, default=list, help_text='BCP 47 tags.')),
                ('keywords', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list)),
                ('component', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', serialize=False, to='catalogue.component')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.profile')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Standard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=120, unique=True)),
                ('name', models.CharField(max_length=300)),
                ('address', models.TextField(blank=True, help_text='A URI that names it, where there is one: also how files name it.')),
            ],
            options={
                'ordering': ['name', 'slug'],
                'constraints': [models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9][a-z0-9_-]*$')), name='standard_slug_is_plain'), models.UniqueConstraint(condition=models.Q(('address', ''), _negated=True), fields=('address',), name='standard_address_once')],
            },
        ),
        migrations.CreateModel(
            name='StandardEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.CharField(max_length=120)),
                ('name', models.CharField(max_length=300)),
                ('address', models.TextField(blank=True, help_text='A URI that names it, where there is one: also how files name it.')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.standard')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RepositoryAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.TextField()),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='catalogue.component')),
            ],
            options={
                'verbose_name_plural': 'repository aliases',
                'ordering': ['address'],
                'constraints': [models.UniqueConstraint(catalogue.addresses.RepositoryKey('address'), name='repository_alias_of_one_component'), models.CheckConstraint(condition=models.Q(('address', ''), _negated=True), name='repository_alias_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Synonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.CharField(max_length=120)),
                ('same_as', models.CharField(max_length=300)),
            ],
            options={
                'ordering': ['term', 'same_as'],
                'indexes': [django.contrib.postgres.indexes.HashIndex(catalogue.models.synonym.WordKey('term'), name='synonym_by_words')],
                'constraints': [models.UniqueConstraint(fields=('term', 'same_as'), name='synonym_said_once'), models.CheckConstraint(condition=models.Q(models.Q(('term', ''), _negated=True), models.Q(('same_as', ''), _negated=True)), name='synonym_says_something')],
            },
        ),
        migrations.CreateModel(
            name='SynonymEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('term', models.CharField(max_length=120)),
                ('same_as', models.CharField(max_length=300)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.synonym')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Blueprint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=120, unique=True)),
                ('name', models.CharField(max_length=300)),
                ('kind', models.CharField(blank=True, choices=[('permission', 'Get permission'), ('report', 'Report something'), ('booking', 'Book something'), ('registration', 'Register something'), ('support', 'Get money or help')], max_length=20)),
                ('summary', models.TextField(blank=True)),
                ('source', models.TextField(blank=True, help_text='Where this pattern comes from.')),
                ('function', models.ForeignKey(blank=True, help_text="What the whole service does: a body's transactions for it are the cases of a year.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='blueprints', to='catalogue.function')),
            ],
            options={
                'ordering': ['name', 'slug'],
                'constraints': [models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9][a-z0-9_-]*$')), name='blueprint_slug_is_plain'), models.CheckConstraint(condition=models.Q(('kind__in', ['permission', 'report', 'booking', 'registration', 'support', ''])), name='blueprint_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='BlueprintEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.CharField(max_length=120)),
                ('name', models.CharField(max_length=300)),
                ('kind', models.CharField(blank=True, choices=[('permission', 'Get permission'), ('report', 'Report something'), ('booking', 'Book something'), ('registration', 'Register something'), ('support', 'Get money or help')], max_length=20)),
                ('summary', models.TextField(blank=True)),
                ('source', models.TextField(blank=True, help_text='Where this pattern comes from.')),
                ('function', models.ForeignKey(blank=True, db_constraint=False, help_text="What the whole service does: a body's transactions for it are the cases of a year.", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.function')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.blueprint')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=120, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('verb', models.CharField(choices=[('inform', 'Find out'), ('apply', 'Apply'), ('report', 'Report'), ('identify', 'Prove who you are'), ('check', 'Check'), ('decide', 'Decide'), ('pay', 'Pay'), ('pay_out', 'Pay out'), ('book', 'Book'), ('do', 'Do the work'), ('notify', 'Notify'), ('issue', 'Issue'), ('record', 'Record'), ('publish', 'Publish')], max_length=20)),
                ('name', models.CharField(max_length=300)),
                ('blueprint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='catalogue.blueprint')),
            ],
            options={
                'ordering': ['number', 'slug'],
                'constraints': [models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9][a-z0-9_-]*$')), name='step_slug_is_plain'), models.CheckConstraint(condition=models.Q(('verb__in', ['inform', 'apply', 'report', 'identify', 'check', 'decide', 'pay', 'pay_out', 'book', 'do', 'notify', 'issue', 'record', 'publish'])), name='step_verb_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=120, unique=True)),
                ('name', models.CharField(max_length=300)),
                ('required', models.BooleanField(default=True)),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('service', 'Service'), ('dataset', 'Dataset'), ('process', 'Process')], max_length=20), blank=True, default=list, help_text='None: any kind.')),
                ('uses_low', models.DecimalField(blank=True, help_text='How often a case uses it, at least.', null=True)),
                ('uses_high', models.DecimalField(blank=True, help_text='How often a case uses it, at most.', null=True)),
                ('functions', models.ManyToManyField(blank=True, related_name='slots', to='catalogue.function')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='catalogue.step')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9][a-z0-9_-]*$')), name='slot_slug_is_plain'), models.CheckConstraint(condition=models.Q(('kinds__contained_by', ['service', 'dataset', 'process'])), name='slot_kinds_are_known'), models.CheckConstraint(condition=models.Q(('uses_low__gte', 0), ('uses_low__isnull', True), _connector='OR'), name='slot_uses_not_negative'), models.CheckConstraint(condition=models.Q(models.Q(('uses_high', None), ('uses_low', None)), models.Q(('uses_high__isnull', False), ('uses_low__isnull', False), ('uses_low__lte', models.F('uses_high'))), _connector='OR'), name='slot_uses_in_order')],
            },
        ),
        migrations.CreateModel(
            name='SlotEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.CharField(max_length=120)),
                ('name', models.CharField(max_length=300)),
                ('required', models.BooleanField(default=True)),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('service', 'Service'), ('dataset', 'Dataset'), ('process', 'Process')], max_length=20), blank=True, default=list, help_text='None: any kind.')),
                ('uses_low', models.DecimalField(blank=True, help_text='How often a case uses it, at least.', null=True)),
                ('uses_high', models.DecimalField(blank=True, help_text='How often a case uses it, at most.', null=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.slot')),
                ('step', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.step')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StepEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.CharField(max_length=120)),
                ('number', models.PositiveIntegerField()),
                ('verb', models.CharField(choices=[('inform', 'Find out'), ('apply', 'Apply'), ('report', 'Report'), ('identify', 'Prove who you are'), ('check', 'Check'), ('decide', 'Decide'), ('pay', 'Pay'), ('pay_out', 'Pay out'), ('book', 'Book'), ('do', 'Do the work'), ('notify', 'Notify'), ('issue', 'Issue'), ('record', 'Record'), ('publish', 'Publish')], max_length=20)),
                ('name', models.CharField(max_length=300)),
                ('blueprint', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.blueprint')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.step')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='component',
            name='created_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddField(
            model_name='component',
            name='updated_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddField(
            model_name='component',
            name='uuid',
            field=models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True),
        ),
        migrations.AddField(
            model_name='componentevent',
            name='created_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddField(
            model_name='componentevent',
            name='updated_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddField(
            model_name='componentevent',
            name='uuid',
            field=models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False),
        ),
        migrations.AddField(
            model_name='component',
            name='standards',
            field=models.ManyToManyField(blank=True, related_name='components', to='catalogue.standard'),
        ),
        migrations.AddIndex(
            model_name='component',
            index=models.Index(models.F('created_at'), models.F('uuid'), name='component_by_age'),
        ),
        migrations.AddIndex(
            model_name='component',
            index=models.Index(catalogue.addresses.RepositoryKey('repository'), condition=models.Q(('repository', ''), _negated=True), name='component_by_repository'),
        ),
        migrations.AddIndex(
            model_name='component',
            index=django.contrib.postgres.indexes.HashIndex(condition=models.Q(('repository', ''), models.Q(('url', ''), _negated=True)), fields=['url'], name='component_by_url'),
        ),
        migrations.AlterField(
            model_name='searchterm',
            name='facet',
            field=models.PositiveSmallIntegerField(choices=[(1, 'kind'), (2, 'function'), (3, 'lifecycle'), (4, 'licence'), (5, 'steward'), (6, 'peer_group'), (7, 'standard'), (8, 'hosting'), (9, 'price'), (10, 'steward_type'), (11, 'adopter_group')]),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.F('sort_name'), name='gin_trgm_ops'), name='search_entry_by_part_of_name'),
        ),
        migrations.RemoveConstraint(
            model_name='relation',
            name='relation_is_known',
        ),
        migrations.AlterField(
            model_name='relation',
            name='relation',
            field=models.CharField(choices=[('requires', 'requires'), ('works_with', 'works with'), ('alternative_to', 'is an alternative to'), ('based_on', 'is based on'), ('replaces', 'replaces'), ('conflicts_with', 'does not work with')], max_length=20),
        ),
        migrations.AlterField(
            model_name='relationevent',
            name='relation',
            field=models.CharField(choices=[('requires', 'requires'), ('works_with', 'works with'), ('alternative_to', 'is an alternative to'), ('based_on', 'is based on'), ('replaces', 'replaces'), ('conflicts_with', 'does not work with')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.CheckConstraint(condition=models.Q(('relation__in', ['requires', 'works_with', 'alternative_to', 'based_on', 'replaces', 'conflicts_with'])), name='relation_is_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='component',
            trigger=pgtrigger.compiler.Trigger(name='component_touched', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.updated_at = statement_timestamp(); RETURN NEW;', hash='4ad13f58ee68ae7cc65dddb11e93994453c50ba7', operation='UPDATE', pgid='pgtrigger_component_touched_c5bad', table='catalogue_component', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='component',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_componentevent" ("created_at", "data_exportable", "description", "documentation", "external_independent_adopters", "fixed_fee", "id", "kind", "licence", "lifecycle", "name", "open_licence", "open_standard", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_per_transaction", "repository", "slug", "source", "successor_id", "summary", "updated_at", "url", "uuid", "valid_metadata") VALUES (OLD."created_at", OLD."data_exportable", OLD."description", OLD."documentation", OLD."external_independent_adopters", OLD."fixed_fee", OLD."id", OLD."kind", OLD."licence", OLD."lifecycle", OLD."name", OLD."open_licence", OLD."open_standard", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."price_per_transaction", OLD."repository", OLD."slug", OLD."source", OLD."successor_id", OLD."summary", OLD."updated_at", OLD."url", OLD."uuid", OLD."valid_metadata"); RETURN NULL;', hash='1c60e7165c320cc0ca34fb18abb4601497ea4885', operation='UPDATE', pgid='pgtrigger_changed_update_57290', table='catalogue_component', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='component',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_componentevent" ("created_at", "data_exportable", "description", "documentation", "external_independent_adopters", "fixed_fee", "id", "kind", "licence", "lifecycle", "name", "open_licence", "open_standard", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_per_transaction", "repository", "slug", "source", "successor_id", "summary", "updated_at", "url", "uuid", "valid_metadata") VALUES (OLD."created_at", OLD."data_exportable", OLD."description", OLD."documentation", OLD."external_independent_adopters", OLD."fixed_fee", OLD."id", OLD."kind", OLD."licence", OLD."lifecycle", OLD."name", OLD."open_licence", OLD."open_standard", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."price_per_transaction", OLD."repository", OLD."slug", OLD."source", OLD."successor_id", OLD."summary", OLD."updated_at", OLD."url", OLD."uuid", OLD."valid_metadata"); RETURN NULL;', hash='36fad63c3c9b6a916a60350411b8c146d647409c', operation='DELETE', pgid='pgtrigger_deleted_delete_cb40d', table='catalogue_component', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='column',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_columnevent" ("component_id", "description", "id", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "type") VALUES (OLD."component_id", OLD."description", OLD."id", OLD."name", OLD."number", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."type"); RETURN NULL;', hash='2b46a07df3afaac8fe43b8ed049820f0a1cb152d', operation='UPDATE', pgid='pgtrigger_changed_update_d1fea', table='catalogue_column', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='column',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_columnevent" ("component_id", "description", "id", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "type") VALUES (OLD."component_id", OLD."description", OLD."id", OLD."name", OLD."number", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."type"); RETURN NULL;', hash='92dd653d062e3a7d145bb59d5b3a613da26c933b', operation='DELETE', pgid='pgtrigger_deleted_delete_21187', table='catalogue_column', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='operation',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_operationevent" ("component_id", "id", "method", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "summary") VALUES (OLD."component_id", OLD."id", OLD."method", OLD."path", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."summary"); RETURN NULL;', hash='98758ca75b5c59cf6cf8e9b6a66a48d8bad75534', operation='UPDATE', pgid='pgtrigger_changed_update_a390a', table='catalogue_operation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='operation',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_operationevent" ("component_id", "id", "method", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "summary") VALUES (OLD."component_id", OLD."id", OLD."method", OLD."path", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."summary"); RETURN NULL;', hash='d2f31224dfa6bd1ab1839ffc232cc0bb27991982', operation='DELETE', pgid='pgtrigger_deleted_delete_2c28c', table='catalogue_operation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='profile',
            trigger=pgtrigger.compiler.Trigger(name='profile_touched', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.updated_at = statement_timestamp(); RETURN NEW;', hash='5db37204dd2ca36bed1192ce5393fbb44372f726', operation='UPDATE', pgid='pgtrigger_profile_touched_3eb78', table='catalogue_profile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='profile',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_profileevent" ("accessibility_url", "api_description_url", "component_id", "contact_email", "contact_name", "contact_url", "ends_on", "hosting", "keywords", "languages", "leaving", "limits", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released_on", "security_url", "start", "start_url", "support", "updated_at", "version") VALUES (OLD."accessibility_url", OLD."api_description_url", OLD."component_id", OLD."contact_email", OLD."contact_name", OLD."contact_url", OLD."ends_on", OLD."hosting", OLD."keywords", OLD."languages", OLD."leaving", OLD."limits", _pgh_attach_context(), NOW(), \'changed\', OLD."component_id", OLD."released_on", OLD."security_url", OLD."start", OLD."start_url", OLD."support", OLD."updated_at", OLD."version"); RETURN NULL;', hash='233f965071d01128105b9367ac02c9491962f6bd', operation='UPDATE', pgid='pgtrigger_changed_update_b10e8', table='catalogue_profile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='profile',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_profileevent" ("accessibility_url", "api_description_url", "component_id", "contact_email", "contact_name", "contact_url", "ends_on", "hosting", "keywords", "languages", "leaving", "limits", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released_on", "security_url", "start", "start_url", "support", "updated_at", "version") VALUES (OLD."accessibility_url", OLD."api_description_url", OLD."component_id", OLD."contact_email", OLD."contact_name", OLD."contact_url", OLD."ends_on", OLD."hosting", OLD."keywords", OLD."languages", OLD."leaving", OLD."limits", _pgh_attach_context(), NOW(), \'deleted\', OLD."component_id", OLD."released_on", OLD."security_url", OLD."start", OLD."start_url", OLD."support", OLD."updated_at", OLD."version"); RETURN NULL;', hash='cf9e85324d3e2ac6b515674f6d2015f1d0780776', operation='DELETE', pgid='pgtrigger_deleted_delete_4fc4c', table='catalogue_profile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='standard',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_standardevent" ("address", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (OLD."address", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."slug"); RETURN NULL;', hash='23132e67a132518270bdbb77977125902fa9f7d0', operation='UPDATE', pgid='pgtrigger_changed_update_38220', table='catalogue_standard', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='standard',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_standardevent" ("address", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (OLD."address", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."slug"); RETURN NULL;', hash='976e1eada8f20a1d85ef9c666d67b6ea8efaadab', operation='DELETE', pgid='pgtrigger_deleted_delete_4fd58', table='catalogue_standard', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='synonym',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_synonymevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "same_as", "term") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."same_as", OLD."term"); RETURN NULL;', hash='ddcf7ae7e4f2ae7fc46c7aa228ec98d6cf527a13', operation='UPDATE', pgid='pgtrigger_changed_update_9546d', table='catalogue_synonym', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='synonym',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_synonymevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "same_as", "term") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."same_as", OLD."term"); RETURN NULL;', hash='17096f0dfa70a21920a46e6f266ee3b4aa3f35a1', operation='DELETE', pgid='pgtrigger_deleted_delete_6b92e', table='catalogue_synonym', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='blueprint',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_blueprintevent" ("function_id", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "source", "summary") VALUES (OLD."function_id", OLD."id", OLD."kind", OLD."name", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."slug", OLD."source", OLD."summary"); RETURN NULL;', hash='e7f6d1db0fb3e052993fc3a40278f4dc3c4ad192', operation='UPDATE', pgid='pgtrigger_changed_update_a6192', table='catalogue_blueprint', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='blueprint',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_blueprintevent" ("function_id", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "source", "summary") VALUES (OLD."function_id", OLD."id", OLD."kind", OLD."name", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."slug", OLD."source", OLD."summary"); RETURN NULL;', hash='231093e2acbed0612ef1d3c24105d9392f3dda00', operation='DELETE', pgid='pgtrigger_deleted_delete_c2661', table='catalogue_blueprint', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='step',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_stepevent" ("blueprint_id", "id", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "verb") VALUES (OLD."blueprint_id", OLD."id", OLD."name", OLD."number", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."slug", OLD."verb"); RETURN NULL;', hash='a5a68d2aeaf763292b8bf025e37e0abc23275016', operation='UPDATE', pgid='pgtrigger_changed_update_42208', table='catalogue_step', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='step',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_stepevent" ("blueprint_id", "id", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "verb") VALUES (OLD."blueprint_id", OLD."id", OLD."name", OLD."number", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."slug", OLD."verb"); RETURN NULL;', hash='0c7998936bf4cc463f393cfe79c7d0ef93d11e14', operation='DELETE', pgid='pgtrigger_deleted_delete_6a199', table='catalogue_step', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='slot',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_slotevent" ("id", "kinds", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "required", "slug", "step_id", "uses_high", "uses_low") VALUES (OLD."id", OLD."kinds", OLD."name", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."required", OLD."slug", OLD."step_id", OLD."uses_high", OLD."uses_low"); RETURN NULL;', hash='31c1baaf4619002a7420ed9d0a4ac76109ba77f9', operation='UPDATE', pgid='pgtrigger_changed_update_dd436', table='catalogue_slot', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='slot',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_slotevent" ("id", "kinds", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "required", "slug", "step_id", "uses_high", "uses_low") VALUES (OLD."id", OLD."kinds", OLD."name", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."required", OLD."slug", OLD."step_id", OLD."uses_high", OLD."uses_low"); RETURN NULL;', hash='ad3f13b6f49a73cf4e8513afb16d1ebc26a48281', operation='DELETE', pgid='pgtrigger_deleted_delete_b279f', table='catalogue_slot', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='component',
            index=models.Index(condition=models.Q(('lifecycle', 'draft')), fields=['id'], name='component_drafts'),
        ),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER search_changed ON catalogue_synonym"),
    ]
