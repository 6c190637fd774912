import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


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
)
TRIGGERS = "; ".join(
    f"CREATE TRIGGER search_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION search_changed()"
    for table in READ_BY_A_SEARCH
)


class Migration(migrations.Migration):

    replaces = [
        ('catalogue', '0001_initial'),
        ('catalogue', '0002_search'),
        ('catalogue', '0003_search_version'),
        ('catalogue', '0004_search_without_head'),
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
            ],
            options={
                'ordering': ['name', 'slug'],
                'constraints': [models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9][a-z0-9_-]*$')), name='component_slug_is_plain'), models.CheckConstraint(condition=models.Q(('kind__in', ['service', 'dataset', 'process'])), name='component_kind_is_known'), models.CheckConstraint(condition=models.Q(('lifecycle__in', ['draft', 'alpha', 'beta', 'live', 'deprecated', 'retired', ''])), name='component_lifecycle_is_known'), models.CheckConstraint(condition=models.Q(('price_per_transaction__gte', 0), ('price_per_transaction__isnull', True), _connector='OR'), name='component_price_not_negative'), models.CheckConstraint(condition=models.Q(('fixed_fee__gte', 0), ('fixed_fee__isnull', True), _connector='OR'), name='component_fixed_fee_not_negative'), models.CheckConstraint(condition=models.Q(('successor', None), models.Q(('successor', models.F('id')), _negated=True), _connector='OR'), name='component_not_own_successor')],
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
                ('relation', models.CharField(choices=[('requires', 'requires'), ('works_with', 'works with'), ('alternative_to', 'is an alternative to'), ('based_on', 'is based on'), ('replaces', 'replaces')], max_length=20)),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='catalogue.component')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='related_from', to='catalogue.component')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('component', 'relation', 'other'), name='relation_said_once'), models.CheckConstraint(condition=models.Q(('relation__in', ['requires', 'works_with', 'alternative_to', 'based_on', 'replaces'])), name='relation_is_known'), models.CheckConstraint(condition=models.Q(('component', models.F('other')), _negated=True), name='relation_not_to_itself')],
            },
        ),
        migrations.CreateModel(
            name='RelationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('relation', models.CharField(choices=[('requires', 'requires'), ('works_with', 'works with'), ('alternative_to', 'is an alternative to'), ('based_on', 'is based on'), ('replaces', 'replaces')], max_length=20)),
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
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search'], name='search_entry_text'), django.contrib.postgres.indexes.GinIndex(fields=['terms'], name='search_entry_terms'), models.Index(models.F('sort_name'), models.F('component'), name='search_entry_by_name'), models.Index(models.OrderBy(models.F('score'), descending=True), models.OrderBy(models.F('component'), descending=True), name='search_entry_by_score'), models.Index(models.OrderBy(models.F('used_by'), descending=True), models.OrderBy(models.F('component'), descending=True), name='search_entry_by_use'), models.Index(models.OrderBy(models.F('confirmed'), descending=True, nulls_last=True), models.OrderBy(models.F('component'), descending=True), name='search_entry_by_confirmed')],
            },
        ),
        migrations.CreateModel(
            name='SearchTerm',
            fields=[
                ('id', models.IntegerField(primary_key=True, serialize=False)),
                ('facet', models.PositiveSmallIntegerField(choices=[(1, 'kind'), (2, 'function'), (3, 'lifecycle'), (4, 'licence'), (5, 'steward'), (6, 'peer_group')])),
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
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_componentevent" ("data_exportable", "description", "documentation", "external_independent_adopters", "fixed_fee", "id", "kind", "licence", "lifecycle", "name", "open_licence", "open_standard", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_per_transaction", "repository", "slug", "source", "successor_id", "summary", "url", "valid_metadata") VALUES (OLD."data_exportable", OLD."description", OLD."documentation", OLD."external_independent_adopters", OLD."fixed_fee", OLD."id", OLD."kind", OLD."licence", OLD."lifecycle", OLD."name", OLD."open_licence", OLD."open_standard", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."price_per_transaction", OLD."repository", OLD."slug", OLD."source", OLD."successor_id", OLD."summary", OLD."url", OLD."valid_metadata"); RETURN NULL;', hash='ed1bf7ab69fb3f58b295ccfa2653599f32e95a85', operation='UPDATE', pgid='pgtrigger_changed_update_57290', table='catalogue_component', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='component',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_componentevent" ("data_exportable", "description", "documentation", "external_independent_adopters", "fixed_fee", "id", "kind", "licence", "lifecycle", "name", "open_licence", "open_standard", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_per_transaction", "repository", "slug", "source", "successor_id", "summary", "url", "valid_metadata") VALUES (OLD."data_exportable", OLD."description", OLD."documentation", OLD."external_independent_adopters", OLD."fixed_fee", OLD."id", OLD."kind", OLD."licence", OLD."lifecycle", OLD."name", OLD."open_licence", OLD."open_standard", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."price_per_transaction", OLD."repository", OLD."slug", OLD."source", OLD."successor_id", OLD."summary", OLD."url", OLD."valid_metadata"); RETURN NULL;', hash='22b7e45f3c67065239a02eeefd5e69588a6c74bb', operation='DELETE', pgid='pgtrigger_deleted_delete_cb40d', table='catalogue_component', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='relation',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_relationevent" ("component_id", "id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation") VALUES (OLD."component_id", OLD."id", OLD."other_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."relation"); RETURN NULL;', hash='81937f1ac545551231a6f7645a4a94fc35882d3a', operation='UPDATE', pgid='pgtrigger_changed_update_a5a3d', table='catalogue_relation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='relation',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_relationevent" ("component_id", "id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation") VALUES (OLD."component_id", OLD."id", OLD."other_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."relation"); RETURN NULL;', hash='ea4653b15d0f69a5eeb3b0dff7569a9606c1dd03', operation='DELETE', pgid='pgtrigger_deleted_delete_6a7f7', table='catalogue_relation', when='AFTER')),
        ),
        migrations.RunSQL(FOLD, "DROP FUNCTION search_fold(text)"),
        migrations.RunSQL(NARROW, "DROP SEQUENCE catalogue_searchterm_number"),
        migrations.RunSQL(CHANGED, "DROP FUNCTION search_changed() CASCADE"),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunSQL(
            "INSERT INTO catalogue_searchversion (id, token) VALUES (1, gen_random_uuid())", migrations.RunSQL.noop
        ),
    ]
