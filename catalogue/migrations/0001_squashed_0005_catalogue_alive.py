import catalogue.addresses
import catalogue.interfaces
import catalogue.models.synonym
import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from commons.migrating import AtOnce


# Word signs that PostgreSQL's parser would join ("gov.uk", "e-mail") become spaces: a search splits its words there too.
# By regular expression, because translate() is ten times slower on texts that are not ASCII throughout.
FOLD = r"""
    CREATE OR REPLACE FUNCTION search_fold(text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT lower(unaccent('unaccent'::regdictionary, regexp_replace($1, '[-./_@:~+=%#&\\''’<>|*]', ' ', 'g')))
    $$
"""
# A search reads the narrow columns of thousands of entries, and the wide ones of the few that it shows.
NARROW = """
    ALTER TABLE catalogue_searchentry SET (toast_tuple_target = 256);
    ALTER TABLE catalogue_searchentry ALTER COLUMN search SET STORAGE EXTERNAL;
    ALTER TABLE catalogue_searchentry ALTER COLUMN terms SET STORAGE MAIN, ALTER COLUMN packed SET STORAGE MAIN;
    CREATE SEQUENCE catalogue_searchterm_number START 1000;
"""
# Whoever writes waits for the lock that refresh_search holds, and only then for the row: always in this order.
CHANGED = """
    CREATE FUNCTION search_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('refresh_search'));
        INSERT INTO catalogue_searchversion (id, token) VALUES (1, gen_random_uuid())
        ON CONFLICT (id) DO UPDATE SET token = excluded.token;
        RETURN NULL;
    END
    $$
"""
READ_BY_A_SEARCH = (
    "catalogue_searchentry",
    "catalogue_searchterm",
    "catalogue_searchword",
    "catalogue_function",
    "catalogue_peergroup",
    "catalogue_synonym",
)
TRIGGERS = "; ".join(
    f"CREATE TRIGGER search_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION search_changed()"
    for table in READ_BY_A_SEARCH
)


class Migration(AtOnce):

    replaces = [
        ('catalogue', '0001_squashed_0004_search_without_head'),
        ('catalogue', '0005_catalogue_alive'),
    ]

    initial = True

    dependencies = [
        ('commons', '0001_extensions'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Function',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=120, unique=True)),
                ('name', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('capability', 'Capability'), ('administrative', 'Administrative'), ('service', 'Service')], max_length=20)),
                ('evolution', models.CharField(blank=True, choices=[('genesis', 'Genesis: new and not yet understood'), ('custom', 'Custom: built for each body'), ('product', 'Product: several alike'), ('commodity', 'Commodity: standardised')], max_length=20)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, help_text='scheme:code')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='catalogue.function')),
            ],
            options={
                'ordering': ['name', 'slug'],
                'constraints': [models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9][a-z0-9_-]*$')), name='function_slug_is_plain'), models.CheckConstraint(condition=models.Q(('kind__in', ['capability', 'administrative', 'service'])), name='function_kind_is_known'), models.CheckConstraint(condition=models.Q(('evolution__in', ['genesis', 'custom', 'product', 'commodity', ''])), name='function_evolution_is_known')],
            },
        ),
        migrations.CreateModel(
            name='PeerGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=120, unique=True)),
                ('label', models.CharField(max_length=200)),
                ('driver_unit', models.CharField(blank=True, help_text="What an organisation's driver counts.", max_length=120)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='catalogue.peergroup')),
            ],
            options={
                'ordering': ['label', 'slug'],
                'constraints': [models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9][a-z0-9_-]*$')), name='peer_group_slug_is_plain')],
            },
        ),
        migrations.CreateModel(
            name='Component',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=120, unique=True)),
                ('name', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('service', 'Service'), ('dataset', 'Dataset'), ('process', 'Process')], max_length=20)),
                ('summary', models.TextField(blank=True)),
                ('description', models.TextField(blank=True, help_text='Markdown.')),
                ('url', models.TextField(blank=True)),
                ('repository', models.TextField(blank=True)),
                ('documentation', models.TextField(blank=True)),
                ('licence', models.CharField(blank=True, help_text='An SPDX expression where there is one.', max_length=300)),
                ('lifecycle', models.CharField(blank=True, choices=[('draft', 'Draft'), ('alpha', 'Alpha'), ('beta', 'Beta'), ('live', 'Live'), ('deprecated', 'Deprecated'), ('retired', 'Retired')], max_length=20)),
                ('open_licence', models.BooleanField(blank=True, null=True)),
                ('open_standard', models.BooleanField(blank=True, null=True)),
                ('valid_metadata', models.BooleanField(blank=True, null=True)),
                ('data_exportable', models.BooleanField(blank=True, null=True)),
                ('price_per_transaction', models.DecimalField(blank=True, null=True)),
                ('fixed_fee', models.DecimalField(blank=True, help_text='A year, for each adopter.', null=True)),
                ('external_independent_adopters', models.PositiveIntegerField(blank=True, help_text='Adopters outside this registry, where it holds an extract of a larger one.', null=True)),
                ('source', models.TextField(blank=True, help_text='Where this description comes from.')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='predecessors', to='catalogue.component')),
                ('functions', models.ManyToManyField(blank=True, related_name='components', to='catalogue.function')),
                ('available_to', models.ManyToManyField(blank=True, help_text='None: available to all.', related_name='components', to='catalogue.peergroup')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('uuid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                ('standards', models.ManyToManyField(blank=True, related_name='components', to='catalogue.standard')),
            ],
            options={
                'ordering': ['name', 'slug'],
                'constraints': [models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9][a-z0-9_-]*$')), name='component_slug_is_plain'), models.CheckConstraint(condition=models.Q(('kind__in', ['service', 'dataset', 'process'])), name='component_kind_is_known'), models.CheckConstraint(condition=models.Q(('lifecycle__in', ['draft', 'alpha', 'beta', 'live', 'deprecated', 'retired', ''])), name='component_lifecycle_is_known'), models.CheckConstraint(condition=models.Q(('price_per_transaction__gte', 0), ('price_per_transaction__isnull', True), _connector='OR'), name='component_price_not_negative'), models.CheckConstraint(condition=models.Q(('fixed_fee__gte', 0), ('fixed_fee__isnull', True), _connector='OR'), name='component_fixed_fee_not_negative'), models.CheckConstraint(condition=models.Q(('successor', None), models.Q(('successor', models.F('id')), _negated=True), _connector='OR'), name='component_not_own_successor')],
                'indexes': [models.Index(models.F('created_at'), models.F('uuid'), name='component_by_age'), models.Index(catalogue.addresses.RepositoryKey('repository'), condition=models.Q(('repository', ''), _negated=True), name='component_by_repository'), django.contrib.postgres.indexes.HashIndex(condition=models.Q(('repository', ''), models.Q(('url', ''), _negated=True)), fields=['url'], name='component_by_url'), models.Index(condition=models.Q(('lifecycle', 'draft')), fields=['id'], name='component_drafts')],
            },
        ),
        migrations.CreateModel(
            name='ComponentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.CharField(max_length=120)),
                ('name', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('service', 'Service'), ('dataset', 'Dataset'), ('process', 'Process')], max_length=20)),
                ('summary', models.TextField(blank=True)),
                ('description', models.TextField(blank=True, help_text='Markdown.')),
                ('url', models.TextField(blank=True)),
                ('repository', models.TextField(blank=True)),
                ('documentation', models.TextField(blank=True)),
                ('licence', models.CharField(blank=True, help_text='An SPDX expression where there is one.', max_length=300)),
                ('lifecycle', models.CharField(blank=True, choices=[('draft', 'Draft'), ('alpha', 'Alpha'), ('beta', 'Beta'), ('live', 'Live'), ('deprecated', 'Deprecated'), ('retired', 'Retired')], max_length=20)),
                ('open_licence', models.BooleanField(blank=True, null=True)),
                ('open_standard', models.BooleanField(blank=True, null=True)),
                ('valid_metadata', models.BooleanField(blank=True, null=True)),
                ('data_exportable', models.BooleanField(blank=True, null=True)),
                ('price_per_transaction', models.DecimalField(blank=True, null=True)),
                ('fixed_fee', models.DecimalField(blank=True, help_text='A year, for each adopter.', null=True)),
                ('external_independent_adopters', models.PositiveIntegerField(blank=True, help_text='Adopters outside this registry, where it holds an extract of a larger one.', null=True)),
                ('source', models.TextField(blank=True, help_text='Where this description comes from.')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.component')),
                ('successor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.component')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('uuid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FunctionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.CharField(max_length=120)),
                ('name', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('capability', 'Capability'), ('administrative', 'Administrative'), ('service', 'Service')], max_length=20)),
                ('evolution', models.CharField(blank=True, choices=[('genesis', 'Genesis: new and not yet understood'), ('custom', 'Custom: built for each body'), ('product', 'Product: several alike'), ('commodity', 'Commodity: standardised')], max_length=20)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, help_text='scheme:code')),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.function')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.function')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PeerGroupEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.CharField(max_length=120)),
                ('label', models.CharField(max_length=200)),
                ('driver_unit', models.CharField(blank=True, help_text="What an organisation's driver counts.", max_length=120)),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.peergroup')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.peergroup')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Relation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('requires', 'requires'), ('works_with', 'works with'), ('alternative_to', 'is an alternative to'), ('based_on', 'is based on'), ('replaces', 'replaces'), ('conflicts_with', 'does not work with')], max_length=20)),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='catalogue.component')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='related_from', to='catalogue.component')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('component', 'relation', 'other'), name='relation_said_once'), models.CheckConstraint(condition=models.Q(('component', models.F('other')), _negated=True), name='relation_not_to_itself'), models.CheckConstraint(condition=models.Q(('relation__in', ['requires', 'works_with', 'alternative_to', 'based_on', 'replaces', 'conflicts_with'])), name='relation_is_known')],
            },
        ),
        migrations.CreateModel(
            name='RelationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('relation', models.CharField(choices=[('requires', 'requires'), ('works_with', 'works with'), ('alternative_to', 'is an alternative to'), ('based_on', 'is based on'), ('replaces', 'replaces'), ('conflicts_with', 'does not work with')], max_length=20)),
                ('component', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.component')),
                ('other', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.component')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.relation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('component', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='entry', serialize=False, to='catalogue.component')),
                ('score', models.FloatField(help_text='What is used much and kept well stands first among equals.')),
                ('used_by', models.IntegerField()),
                ('confirmed', models.DateField(null=True)),
                ('terms', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField())),
                ('packed', models.BinaryField(help_text='The terms again, four bytes each: thousands are joined and sent as one.')),
                ('sort_name', models.TextField(help_text='The name without case and accents.')),
                ('slug', models.CharField(max_length=120, unique=True)),
                ('search', django.contrib.postgres.search.SearchVectorField()),
                ('card', models.TextField()),
                ('document', models.TextField()),
            ],
            options={
                'verbose_name_plural': 'search entries',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search'], name='search_entry_text'), django.contrib.postgres.indexes.GinIndex(fields=['terms'], name='search_entry_terms'), models.Index(models.F('sort_name'), models.F('component'), name='search_entry_by_name'), models.Index(models.OrderBy(models.F('score'), descending=True), models.OrderBy(models.F('component'), descending=True), name='search_entry_by_score'), models.Index(models.OrderBy(models.F('used_by'), descending=True), models.OrderBy(models.F('component'), descending=True), name='search_entry_by_use'), models.Index(models.OrderBy(models.F('confirmed'), descending=True, nulls_last=True), models.OrderBy(models.F('component'), descending=True), name='search_entry_by_confirmed'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.F('sort_name'), name='gin_trgm_ops'), name='search_entry_by_part_of_name')],
            },
        ),
        migrations.CreateModel(
            name='SearchTerm',
            fields=[
                ('id', models.IntegerField(primary_key=True, serialize=False)),
                ('facet', models.PositiveSmallIntegerField(choices=[(1, 'kind'), (2, 'function'), (3, 'lifecycle'), (4, 'licence'), (5, 'steward'), (6, 'peer_group'), (7, 'standard'), (8, 'hosting'), (9, 'price'), (10, 'steward_type'), (11, 'adopter_group')])),
                ('value', models.CharField(help_text='As a URL says it. Blank: components that are for everybody.', max_length=300)),
                ('label', models.CharField(max_length=300)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('facet', 'value'), name='search_term_once')],
            },
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('word', models.TextField(primary_key=True, serialize=False)),
                ('entries', models.IntegerField()),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.F('word'), name='gin_trgm_ops'), name='search_word_alike')],
            },
        ),
        migrations.CreateModel(
            name='SearchVersion',
            fields=[
                ('id', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('token', models.UUIDField()),
            ],
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
        pgtrigger.migrations.AddTrigger(
            model_name='function',
            trigger=pgtrigger.compiler.Trigger(name='function_acyclic', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n            IF NEW.parent_id IS NULL THEN RETURN NULL; END IF;\n            PERFORM pg_advisory_xact_lock(hashtext('function_acyclic'));\n            PERFORM 1 FROM catalogue_function WHERE id = NEW.id AND parent_id = NEW.parent_id;\n            IF NOT FOUND THEN RETURN NULL; END IF;\n            IF EXISTS (\n                WITH RECURSIVE onward(node) AS (\n                    SELECT NEW.parent_id\n                    UNION\n                    SELECT edge.parent_id FROM catalogue_function edge JOIN onward ON edge.id = onward.node\n                    WHERE edge.parent_id IS NOT NULL\n                )\n                SELECT 1 FROM onward WHERE node = NEW.id\n            ) THEN\n                RAISE EXCEPTION 'This would make a circle in catalogue_function.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'function_acyclic';\n            END IF;\n            RETURN NULL;\n        ", hash='e59f0b52d1d870b8378b4492129a9cf214d23b58', operation='INSERT OR UPDATE OF "parent_id"', pgid='pgtrigger_function_acyclic_a43bc', table='catalogue_function', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='function',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_functionevent" ("codes", "evolution", "id", "kind", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (OLD."codes", OLD."evolution", OLD."id", OLD."kind", OLD."name", OLD."parent_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."slug"); RETURN NULL;', hash='e57ee3305b9642c82fa48d336777b80a2f41fbed', operation='UPDATE', pgid='pgtrigger_changed_update_bb0d3', table='catalogue_function', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='function',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_functionevent" ("codes", "evolution", "id", "kind", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (OLD."codes", OLD."evolution", OLD."id", OLD."kind", OLD."name", OLD."parent_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."slug"); RETURN NULL;', hash='6a31eafa8774530cc6331957e1dcc17c72b9f8de', operation='DELETE', pgid='pgtrigger_deleted_delete_cac19', table='catalogue_function', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='peergroup',
            trigger=pgtrigger.compiler.Trigger(name='peer_group_acyclic', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n            IF NEW.parent_id IS NULL THEN RETURN NULL; END IF;\n            PERFORM pg_advisory_xact_lock(hashtext('peer_group_acyclic'));\n            PERFORM 1 FROM catalogue_peergroup WHERE id = NEW.id AND parent_id = NEW.parent_id;\n            IF NOT FOUND THEN RETURN NULL; END IF;\n            IF EXISTS (\n                WITH RECURSIVE onward(node) AS (\n                    SELECT NEW.parent_id\n                    UNION\n                    SELECT edge.parent_id FROM catalogue_peergroup edge JOIN onward ON edge.id = onward.node\n                    WHERE edge.parent_id IS NOT NULL\n                )\n                SELECT 1 FROM onward WHERE node = NEW.id\n            ) THEN\n                RAISE EXCEPTION 'This would make a circle in catalogue_peergroup.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'peer_group_acyclic';\n            END IF;\n            RETURN NULL;\n        ", hash='3ccfff6623d61ecfdec0f21cd92cff3263485d9f', operation='INSERT OR UPDATE OF "parent_id"', pgid='pgtrigger_peer_group_acyclic_19666', table='catalogue_peergroup', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='peergroup',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_peergroupevent" ("driver_unit", "id", "label", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (OLD."driver_unit", OLD."id", OLD."label", OLD."parent_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."slug"); RETURN NULL;', hash='f374038937e8d551388f56d1128518b3f2f3227c', operation='UPDATE', pgid='pgtrigger_changed_update_30b3f', table='catalogue_peergroup', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='peergroup',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_peergroupevent" ("driver_unit", "id", "label", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (OLD."driver_unit", OLD."id", OLD."label", OLD."parent_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."slug"); RETURN NULL;', hash='15ac97ce8d5bee7447a71d4df2628120a0339802', operation='DELETE', pgid='pgtrigger_deleted_delete_03bc4', table='catalogue_peergroup', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='component',
            trigger=pgtrigger.compiler.Trigger(name='component_successor_acyclic', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n            IF NEW.successor_id IS NULL THEN RETURN NULL; END IF;\n            PERFORM pg_advisory_xact_lock(hashtext('component_successor_acyclic'));\n            PERFORM 1 FROM catalogue_component WHERE id = NEW.id AND successor_id = NEW.successor_id;\n            IF NOT FOUND THEN RETURN NULL; END IF;\n            IF EXISTS (\n                WITH RECURSIVE onward(node) AS (\n                    SELECT NEW.successor_id\n                    UNION\n                    SELECT edge.successor_id FROM catalogue_component edge JOIN onward ON edge.id = onward.node\n                    WHERE edge.successor_id IS NOT NULL\n                )\n                SELECT 1 FROM onward WHERE node = NEW.id\n            ) THEN\n                RAISE EXCEPTION 'This would make a circle in catalogue_component.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'component_successor_acyclic';\n            END IF;\n            RETURN NULL;\n        ", hash='90278940cb4144bd86617125d183a697bdd79022', operation='INSERT OR UPDATE OF "successor_id"', pgid='pgtrigger_component_successor_acyclic_e7ce3', table='catalogue_component', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
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
            model_name='relation',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_relationevent" ("component_id", "id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation") VALUES (OLD."component_id", OLD."id", OLD."other_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."relation"); RETURN NULL;', hash='81937f1ac545551231a6f7645a4a94fc35882d3a', operation='UPDATE', pgid='pgtrigger_changed_update_a5a3d', table='catalogue_relation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='relation',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_relationevent" ("component_id", "id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation") VALUES (OLD."component_id", OLD."id", OLD."other_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."relation"); RETURN NULL;', hash='ea4653b15d0f69a5eeb3b0dff7569a9606c1dd03', operation='DELETE', pgid='pgtrigger_deleted_delete_6a7f7', table='catalogue_relation', when='AFTER')),
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
        migrations.RunSQL(FOLD, "DROP FUNCTION search_fold(text)"),
        migrations.RunSQL(NARROW, "DROP SEQUENCE catalogue_searchterm_number"),
        migrations.RunSQL(CHANGED, "DROP FUNCTION search_changed() CASCADE"),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunSQL(
            "INSERT INTO catalogue_searchversion (id, token) VALUES (1, gen_random_uuid())", migrations.RunSQL.noop
        ),
    ]
