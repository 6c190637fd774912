import catalogue.addresses
import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


# Entries get the facets that are new here, and what else they say now, by the next look at stale entries.
STALE = "INSERT INTO registry_staleentry (component_id) SELECT id FROM catalogue_component"


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0005_catalogue_alive'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('registry', '0001_squashed_0008_settlement'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='organisation',
            name='changed_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='organisation',
            name='deleted_delete',
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='What it is for: “Crawler of the county”.', max_length=200)),
                ('prefix', models.CharField(help_text='The part that may be seen: dcr_1a2b3c4d.', max_length=12, unique=True)),
                ('hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('catalogue:write', 'Write the catalogue'), ('declarations:write', 'Declare what is used'), ('sources:write', 'Name sources to harvest'), ('assemblies:write', 'Write assemblies of components'), ('webhooks:write', 'Keep webhooks'), ('registry:operate', 'Act for the registry as a whole')], max_length=30))),
                ('issued_on', models.DateField()),
                ('expires_on', models.DateField(help_text='From this day it no longer works.')),
                ('last_used_on', models.DateField(blank=True, help_text='A day, so that most requests write nothing.', null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('issued_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, help_text="Blank: the registry's own, which its operators use.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to='registry.organisation')),
            ],
            options={
                'ordering': ['-issued_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('prefix__regex', '^dcr_[0-9a-f]{8}$')), name='token_prefix_is_plain'), models.CheckConstraint(condition=models.Q(('hash__regex', '^[0-9a-f]{64}$')), name='token_hash_is_sha256'), models.CheckConstraint(condition=models.Q(('scopes__contained_by', ['catalogue:write', 'declarations:write', 'sources:write', 'assemblies:write', 'webhooks:write', 'registry:operate']), ('scopes__len__gt', 0)), name='token_scopes_are_known'), models.CheckConstraint(condition=models.Q(models.Q(('scopes__contains', ['registry:operate']), ('organisation', None)), models.Q(models.Q(('scopes__contains', ['registry:operate']), _negated=True), ('organisation__isnull', False)), _connector='OR'), name='token_is_a_body_s_or_the_registry_s'), models.CheckConstraint(condition=models.Q(('expires_on__gt', models.F('issued_on')), ('expires_on__lte', django.db.models.expressions.CombinedExpression(models.F('issued_on'), '+', models.Value(datetime.timedelta(days=365))))), name='token_lives_a_year_at_most')],
            },
        ),
        migrations.CreateModel(
            name='Catalog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                ('name', models.CharField(max_length=255)),
                ('alternative_id', models.CharField(blank=True, max_length=255, null=True, unique=True)),
                ('active', models.BooleanField(default=True)),
                ('publishers_namespace', models.CharField(blank=True, max_length=255)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), blank=True, default=list)),
                ('sources', models.JSONField(blank=True, default=list)),
                ('analysis', models.JSONField(blank=True, default=dict, help_text='By namespace, as those who analyse it wrote it.')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'ordering': ['created_at', 'uuid'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='catalog_has_a_name'), models.CheckConstraint(condition=models.Q(models.Q(('alternative_id', '∅'), _negated=True), ('sources', []), _connector='OR'), name='root_catalog_has_no_sources')],
            },
        ),
        migrations.CreateModel(
            name='CatalogEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False)),
                ('name', models.CharField(max_length=255)),
                ('alternative_id', models.CharField(blank=True, max_length=255, null=True)),
                ('active', models.BooleanField(default=True)),
                ('publishers_namespace', models.CharField(blank=True, max_length=255)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), blank=True, default=list)),
                ('sources', models.JSONField(blank=True, default=list)),
                ('analysis', models.JSONField(blank=True, default=dict, help_text='By namespace, as those who analyse it wrote it.')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.catalog')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CodeHosting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(max_length=255)),
                ('group', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='code_hosting', to='registry.organisation')),
            ],
            options={
                'verbose_name_plural': 'code hosting',
                'ordering': ['url'],
                'constraints': [models.UniqueConstraint(catalogue.addresses.RepositoryKey('url'), name='code_hosting_of_one_publisher')],
            },
        ),
        migrations.CreateModel(
            name='CodeHostingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('url', models.CharField(max_length=255)),
                ('group', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.codehosting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                ('subject', models.CharField(choices=[('software', 'Software'), ('publishers', 'Publishers')], max_length=20)),
                ('subject_uuid', models.UUIDField(blank=True, null=True)),
                ('url', models.CharField(max_length=255)),
                ('secret', models.CharField(blank=True, max_length=256)),
                ('failures', models.PositiveIntegerField(default=0, help_text='Attempts in a row that failed.')),
                ('disabled_at', models.DateTimeField(blank=True, help_text='When it had failed too often to go on.', null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('organisation', models.ForeignKey(blank=True, help_text="Whose it is. Blank: the registry's own.", null=True, on_delete=django.db.models.deletion.CASCADE, related_name='webhooks', to='registry.organisation')),
            ],
            options={
                'ordering': ['created_at', 'uuid'],
                'constraints': [models.CheckConstraint(condition=models.Q(('subject__in', ['software', 'publishers'])), name='webhook_subject_is_known'), models.UniqueConstraint(fields=('organisation', 'subject', 'subject_uuid', 'url'), name='webhook_kept_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.CharField(choices=[('create', 'Created'), ('update', 'Updated'), ('delete', 'Deleted')], max_length=10)),
                ('about', models.CharField(help_text='As the receiver is told: /software/<id>.', max_length=255)),
                ('state', models.CharField(choices=[('pending', 'Waiting'), ('delivered', 'Delivered'), ('failed', 'Given up')], default='pending', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('said', models.TextField(blank=True, help_text='What came of the last attempt.')),
                ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='registry.webhook')),
            ],
            options={
                'verbose_name_plural': 'deliveries',
                'ordering': ['id'],
                'indexes': [models.Index(models.F('next_at'), condition=models.Q(('state', 'pending')), name='delivery_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'delivered', 'failed'])), name='delivery_state_is_known'), models.CheckConstraint(condition=models.Q(('event__in', ['create', 'update', 'delete'])), name='delivery_event_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'pending')), models.Q(models.Q(('state', 'pending'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='delivery_end_is_timed'), models.UniqueConstraint(models.F('webhook'), models.F('event'), models.F('about'), condition=models.Q(('attempts', 0), ('state', 'pending')), name='delivery_waits_once')],
            },
        ),
        migrations.CreateModel(
            name='Log',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                ('message', models.CharField(max_length=2048)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('catalog', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='logs', to='registry.catalog')),
                ('component', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='logs', to='catalogue.component')),
                ('token', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.token')),
            ],
            options={
                'ordering': ['-created_at', '-uuid'],
                'indexes': [models.Index(models.F('created_at'), models.F('uuid'), name='log_by_age'), models.Index(models.F('component'), models.F('created_at'), models.F('uuid'), name='log_by_component'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('message'), name='gin_trgm_ops'), name='log_by_message')],
                'constraints': [models.CheckConstraint(condition=models.Q(('message', ''), _negated=True), name='log_says_something'), models.CheckConstraint(condition=models.Q(('component', None), ('catalog', None), _connector='OR'), name='log_is_about_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='Publisher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alternative_id', models.CharField(blank=True, max_length=255, null=True, unique=True)),
                ('description', models.CharField(blank=True, max_length=255)),
                ('email', models.CharField(blank=True, max_length=255)),
                ('active', models.BooleanField(default=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('catalog', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publishers', to='registry.catalog')),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='publisher', to='registry.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='PublisherEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('alternative_id', models.CharField(blank=True, max_length=255, null=True)),
                ('description', models.CharField(blank=True, max_length=255)),
                ('email', models.CharField(blank=True, max_length=255)),
                ('active', models.BooleanField(default=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('catalog', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.catalog')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.publisher')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Software',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('active', models.BooleanField(default=True)),
                ('vitality', models.TextField(blank=True)),
                ('analysis', models.JSONField(blank=True, default=dict, help_text='By namespace, as those who analyse it wrote it.')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('catalog', models.ForeignKey(blank=True, help_text='Blank: the root catalogue.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='software', to='registry.catalog')),
                ('component', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='software', to='catalogue.component')),
            ],
            options={
                'verbose_name_plural': 'software',
            },
        ),
        migrations.CreateModel(
            name='Host',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(help_text='With its scheme and port: https://git.example.', unique=True)),
                ('robots', models.TextField(blank=True)),
                ('robots_read_at', models.DateTimeField(blank=True, null=True)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('not_before', models.DateTimeField(blank=True, null=True)),
                ('refusals', models.PositiveSmallIntegerField(default=0, help_text='How often it was too busy, one after the other.')),
            ],
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('repository', 'Repository'), ('file', 'File'), ('api_catalogue', 'Catalogue of APIs'), ('open_catalogue', 'Open Catalog API'), ('ckan', 'CKAN'), ('dcat', 'DCAT')], max_length=20)),
                ('address', models.TextField()),
                ('every_days', models.PositiveSmallIntegerField(default=1)),
                ('looked_after', models.BooleanField(default=False, help_text='The body looks after what is found here: it says so with the source.')),
                ('contact', models.CharField(blank=True, help_text='Who is written to where it fails.', max_length=254, validators=[django.core.validators.EmailValidator()])),
                ('stopped_at', models.DateTimeField(blank=True, null=True)),
                ('next_due_at', models.DateTimeField(blank=True, null=True)),
                ('taken_until', models.DateTimeField(blank=True, help_text='A worker has it until then.', null=True)),
                ('tried_at', models.DateTimeField(blank=True, null=True)),
                ('succeeded_at', models.DateTimeField(blank=True, null=True)),
                ('failing_since', models.DateTimeField(blank=True, null=True)),
                ('failure', models.TextField(blank=True, help_text='Why it could not be read the last time.')),
                ('letters', models.PositiveSmallIntegerField(default=0, help_text='How often its owner was written to since.')),
                ('letter_on', models.DateField(blank=True, null=True)),
                ('read_from', models.TextField(blank=True, help_text='Where the text was, with what it was asked for last.')),
                ('etag', models.TextField(blank=True)),
                ('last_modified', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='registry.organisation')),
            ],
            options={
                'ordering': ['organisation__name', 'address', 'id'],
                'indexes': [models.Index(models.F('next_due_at'), condition=models.Q(('stopped_at', None)), name='source_by_turn')],
                'constraints': [models.UniqueConstraint(models.F('address'), models.F('kind'), condition=models.Q(('stopped_at', None)), name='source_read_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['repository', 'file', 'api_catalogue', 'open_catalogue', 'ckan', 'dcat'])), name='source_kind_is_known'), models.CheckConstraint(condition=models.Q(('address__regex', '^https?://[^[:space:]]+$')), name='source_is_on_the_web'), models.CheckConstraint(condition=models.Q(('every_days__range', (1, 90))), name='source_is_read_in_time'), models.CheckConstraint(condition=models.Q(models.Q(('next_due_at__isnull', False), ('stopped_at', None)), models.Q(('stopped_at', None), _negated=True), _connector='OR'), name='source_has_a_turn'), models.CheckConstraint(condition=models.Q(models.Q(('failing_since', None), ('failure', '')), models.Q(models.Q(('failing_since', None), _negated=True), models.Q(('failure', ''), _negated=True)), _connector='OR'), name='source_says_why_it_fails')],
            },
        ),
        migrations.CreateModel(
            name='Harvest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('failure', models.TextField(blank=True, help_text='Why it could not be read to the end.')),
                ('not_changed', models.BooleanField(default=False, help_text='The source said that nothing has changed.')),
                ('new', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('unchanged', models.PositiveIntegerField(default=0)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('missing', models.PositiveIntegerField(default=0)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='harvests', to='registry.source')),
            ],
            options={
                'ordering': ['-began_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('began_at')), _connector='OR'), name='harvest_ends_after_it_began')],
            },
        ),
        migrations.CreateModel(
            name='SourceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('repository', 'Repository'), ('file', 'File'), ('api_catalogue', 'Catalogue of APIs'), ('open_catalogue', 'Open Catalog API'), ('ckan', 'CKAN'), ('dcat', 'DCAT')], max_length=20)),
                ('address', models.TextField()),
                ('every_days', models.PositiveSmallIntegerField(default=1)),
                ('looked_after', models.BooleanField(default=False, help_text='The body looks after what is found here: it says so with the source.')),
                ('contact', models.CharField(blank=True, help_text='Who is written to where it fails.', max_length=254, validators=[django.core.validators.EmailValidator()])),
                ('stopped_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.source')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SourceObject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.TextField(help_text='What the source calls it: an address, a number, a file.')),
                ('name', models.CharField(blank=True, max_length=300)),
                ('made', models.BooleanField(default=False, help_text='The component was made from it.')),
                ('state', models.CharField(choices=[('good', 'Read without errors'), ('refused', 'Has errors'), ('missing', 'No longer there')], max_length=10)),
                ('trouble', models.TextField(blank=True, help_text='Why it was not taken the last time.')),
                ('troubled_since', models.DateTimeField(blank=True, null=True)),
                ('text_hash', models.CharField(blank=True, help_text='Of the text that was taken last.', max_length=64)),
                ('harvested', models.JSONField(blank=True, default=dict, help_text='What the text stated that was taken last.')),
                ('read_at', models.DateTimeField(blank=True, help_text='When it was last read without an error.', null=True)),
                ('component', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='source_objects', to='catalogue.component')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='things', to='registry.source')),
            ],
            options={
                'ordering': ['name', 'identifier'],
                'constraints': [models.UniqueConstraint(fields=('source', 'identifier'), name='source_object_once'), models.CheckConstraint(condition=models.Q(('state__in', ['good', 'refused', 'missing'])), name='source_object_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'good'), ('troubled_since', None)), models.Q(models.Q(('state', 'good'), _negated=True), ('troubled_since__isnull', False)), _connector='OR'), name='source_object_trouble_is_dated')],
            },
        ),
        migrations.CreateModel(
            name='HarvestLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('new', 'New'), ('changed', 'Changed'), ('unchanged', 'Unchanged'), ('refused', 'Refused'), ('missing', 'No longer there')], max_length=10)),
                ('message', models.TextField(blank=True)),
                ('harvest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='registry.harvest')),
                ('thing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='registry.sourceobject')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('harvest', 'thing'), name='harvest_line_once'), models.CheckConstraint(condition=models.Q(('outcome__in', ['new', 'changed', 'unchanged', 'refused', 'missing'])), name='harvest_line_outcome_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Difference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('name', 'Name'), ('kind', 'Kind'), ('summary', 'Summary'), ('description', 'Description'), ('url', 'Homepage'), ('repository', 'Source code'), ('documentation', 'Documentation'), ('licence', 'Licence'), ('lifecycle', 'Stage of life'), ('contact_name', 'Contact'), ('contact_email', 'Contact’s e-mail address'), ('contact_url', 'Contact’s page'), ('api_description_url', 'Description of the interface'), ('version', 'Version'), ('released_on', 'Day of the version'), ('languages', 'Languages'), ('keywords', 'Keywords'), ('standards', 'Standards'), ('operations', 'Operations of the interface'), ('columns', 'Columns of the data')], max_length=40)),
                ('ours', models.JSONField(null=True)),
                ('theirs', models.JSONField(null=True)),
                ('choice', models.CharField(choices=[('open', 'Not decided'), ('taken', 'Taken from the source'), ('kept', 'Kept as it is here'), ('gone', 'No longer different')], default='open', max_length=10)),
                ('found_at', models.DateTimeField()),
                ('chosen_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event')),
                ('thing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='differences', to='registry.sourceobject')),
            ],
            options={
                'ordering': ['thing__name', 'field', '-id'],
                'constraints': [models.UniqueConstraint(models.F('thing'), models.F('field'), condition=models.Q(('choice', 'open')), name='difference_open_once'), models.CheckConstraint(condition=models.Q(('choice__in', ['open', 'taken', 'kept', 'gone'])), name='difference_choice_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('choice__in', ['taken', 'kept']), ('chosen_in__isnull', False)), models.Q(('choice__in', ['open', 'gone']), ('chosen_in', None)), _connector='OR'), name='difference_is_chosen_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='StatedUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='stated_uses', to='registry.organisation')),
                ('thing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stated_uses', to='registry.sourceobject')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('thing', 'name'), name='stated_use_once')],
            },
        ),
        migrations.CreateModel(
            name='Deprecation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ends_on', models.DateField()),
                ('lifecycle_before', models.CharField(blank=True, choices=[('draft', 'Draft'), ('alpha', 'Alpha'), ('beta', 'Beta'), ('live', 'Live'), ('deprecated', 'Deprecated'), ('retired', 'Retired')], max_length=20)),
                ('ends_on_before', models.DateField(null=True)),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deprecations', to='catalogue.component')),
                ('recorded_in', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.component')),
                ('successor_before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.component')),
                ('superseded_in', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('component'), condition=models.Q(('superseded_in', None)), name='deprecation_current_once'), models.CheckConstraint(condition=models.Q(('successor', models.F('component')), _negated=True), name='deprecation_names_another')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('mailed_at', models.DateTimeField(blank=True, null=True)),
                ('deprecation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='registry.deprecation')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='registry.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('deprecation', 'organisation'), name='notice_given_once'), models.CheckConstraint(condition=models.Q(('mailed_at', None), ('claimed_at__isnull', False), _connector='OR'), name='notice_claimed_before_mailed')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('went_well', models.TextField(blank=True)),
                ('blocked', models.TextField(blank=True, help_text='What stood in the way.')),
                ('weeks_to_adopt', models.PositiveSmallIntegerField(blank=True, help_text='From the decision to the first real case.', null=True)),
                ('written_on', models.DateField()),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='catalogue.component')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='registry.organisation')),
                ('recorded_in', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event')),
                ('superseded_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event')),
            ],
            options={
                'ordering': ['-written_on', '-id'],
                'constraints': [models.UniqueConstraint(models.F('component'), models.F('organisation'), condition=models.Q(('superseded_in', None)), name='review_current_once'), models.CheckConstraint(condition=models.Q(('blocked', ''), ('went_well', ''), _negated=True), name='review_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Assembly',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('cases', models.PositiveBigIntegerField(blank=True, help_text='Cases a year. Blank: what the body states, or an estimate.', null=True)),
                ('blueprint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assemblies', to='catalogue.blueprint')),
                ('forked_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='forks', to='registry.assembly')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assemblies', to='registry.organisation')),
                ('planned_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event')),
                ('saved_in', models.ForeignKey(help_text='By its last change.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event')),
                ('withdrawn_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event')),
            ],
            options={
                'verbose_name_plural': 'assemblies',
                'ordering': ['name', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='assembly_has_a_name'), models.CheckConstraint(condition=models.Q(('withdrawn_in', None), ('planned_in', None), _connector='OR'), name='assembly_planned_is_not_withdrawn')],
            },
        ),
        migrations.CreateModel(
            name='AssemblyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False)),
                ('name', models.CharField(max_length=200)),
                ('cases', models.PositiveBigIntegerField(blank=True, help_text='Cases a year. Blank: what the body states, or an estimate.', null=True)),
                ('blueprint', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.blueprint')),
                ('forked_from', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.assembly')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.assembly')),
                ('planned_in', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.event')),
                ('saved_in', models.ForeignKey(db_constraint=False, help_text='By its last change.', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.event')),
                ('withdrawn_in', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.event')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='registry.assembly')),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='catalogue.component')),
                ('slot', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='catalogue.slot')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('assembly', 'slot'), name='part_fills_a_slot_once'), models.UniqueConstraint(condition=models.Q(('slot', None)), fields=('assembly', 'component'), name='part_taken_besides_once')],
            },
        ),
        migrations.CreateModel(
            name='PartEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('assembly', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.assembly')),
                ('component', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.component')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.part')),
                ('slot', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.slot')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.CharField(max_length=254, validators=[django.core.validators.EmailValidator()])),
                ('search', models.CharField(blank=True, max_length=1000)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, help_text='Blank: nobody has opened the link yet.', null=True)),
                ('told_until', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['asked_at'],
                'indexes': [models.Index(models.F('asked_at'), name='alert_by_age')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('search'), name='alert_asked_once'), models.CheckConstraint(condition=models.Q(('confirmed_at', None), ('told_until__isnull', False), _connector='OR'), name='alert_confirmed_tells_from_then')],
            },
        ),
        migrations.CreateModel(
            name='Pair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reasons', models.JSONField(help_text='What speaks for it, as `catalogue.similar.pairs` tells it.')),
                ('state', models.CharField(choices=[('open', 'Not judged'), ('dismissed', 'Two different components'), ('merged', 'Merged')], default='open', max_length=10)),
                ('found_on', models.DateField()),
                ('reason', models.TextField(blank=True, help_text="Why the two are not one, in the moderator's words.")),
                ('decided_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event')),
                ('first', models.ForeignKey(help_text='The lower id.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalogue.component')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalogue.component')),
            ],
            options={
                'ordering': ['-found_on', 'id'],
                'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='pair_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='pair_lower_id_first'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'dismissed', 'merged'])), name='pair_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('decided_in', None), ('reason', ''), ('state', 'open')), models.Q(('decided_in__isnull', False), ('state', 'dismissed'), models.Q(('reason', ''), _negated=True)), models.Q(('decided_in__isnull', False), ('reason', ''), ('state', 'merged')), _connector='OR'), name='pair_is_judged_by_somebody')],
            },
        ),
        migrations.AddField(
            model_name='organisation',
            name='created_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddField(
            model_name='organisation',
            name='updated_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddField(
            model_name='organisation',
            name='uuid',
            field=models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='created_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='updated_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='uuid',
            field=models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(models.F('created_at'), models.F('uuid'), name='organisation_by_age'),
        ),
        migrations.AddField(
            model_name='event',
            name='token',
            field=models.ForeignKey(blank=True, db_index=False, help_text='The token that a program acted with.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='registry.token'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='contact_email',
            field=models.CharField(blank=True, help_text='Who is written to when a component that it uses ends. Shown to operators only; in no pack.', max_length=254, validators=[django.core.validators.EmailValidator()]),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='contact_email',
            field=models.CharField(blank=True, help_text='Who is written to when a component that it uses ends. Shown to operators only; in no pack.', max_length=254, validators=[django.core.validators.EmailValidator()]),
        ),
        migrations.AlterField(
            model_name='event',
            name='act',
            field=models.CharField(choices=[('load_pack', 'Loaded from a pack'), ('edit', 'Edited by an operator'), ('compute_edition', 'Computed an edition of the index'), ('open_reply', 'Opened the right of reply to an edition'), ('comment_on_edition', 'Commented on an edition'), ('settle_dispute', 'Settled a dispute'), ('publish_edition', 'Published an edition'), ('correct_edition', 'Computed a correction of an edition'), ('review_change', 'Reviewed a large change of a score'), ('issue_token', 'Issued a token'), ('revoke_token', 'Revoked a token'), ('describe_component', 'Described a component'), ('add_source', 'Named a source to harvest'), ('change_source', 'Changed a source'), ('stop_source', 'Stopped reading a source'), ('harvest', 'Harvested from a source'), ('choose_difference', 'Chose between a source and what is here'), ('create_software', 'Added software to the Open Catalog'), ('update_software', 'Changed software in the Open Catalog'), ('analyse_software', 'Wrote the analysis of software'), ('delete_software', 'Withdrew software from the Open Catalog'), ('create_publisher', 'Added a publisher to the Open Catalog'), ('update_publisher', 'Changed a publisher in the Open Catalog'), ('delete_publisher', 'Withdrew a publisher from the Open Catalog'), ('create_catalog', 'Added a catalogue to the Open Catalog'), ('update_catalog', 'Changed a catalogue in the Open Catalog'), ('analyse_catalog', 'Wrote the analysis of a catalogue'), ('delete_catalog', 'Removed a catalogue from the Open Catalog'), ('create_webhook', 'Added a webhook'), ('update_webhook', 'Changed a webhook'), ('delete_webhook', 'Removed a webhook'), ('write_review', 'Wrote a review'), ('withdraw_review', 'Withdrew a review'), ('deprecate_component', 'Deprecated a component'), ('reinstate_component', 'Took a deprecation back')], max_length=40),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('name'), name='gin_trgm_ops'), name='organisation_by_part_of_name'),
        ),
        migrations.AlterField(
            model_name='event',
            name='act',
            field=models.CharField(choices=[('load_pack', 'Loaded from a pack'), ('edit', 'Edited by an operator'), ('compute_edition', 'Computed an edition of the index'), ('open_reply', 'Opened the right of reply to an edition'), ('comment_on_edition', 'Commented on an edition'), ('settle_dispute', 'Settled a dispute'), ('publish_edition', 'Published an edition'), ('correct_edition', 'Computed a correction of an edition'), ('review_change', 'Reviewed a large change of a score'), ('issue_token', 'Issued a token'), ('revoke_token', 'Revoked a token'), ('save_assembly', 'Saved an assembly'), ('change_assembly', 'Changed an assembly'), ('fork_assembly', 'Took over an assembly'), ('withdraw_assembly', 'Withdrew an assembly'), ('plan_assembly', 'Planned to use an assembly'), ('undo_plan', 'Took back a plan'), ('describe_component', 'Described a component'), ('add_source', 'Named a source to harvest'), ('change_source', 'Changed a source'), ('stop_source', 'Stopped reading a source'), ('harvest', 'Harvested from a source'), ('choose_difference', 'Chose between a source and what is here'), ('create_software', 'Added software to the Open Catalog'), ('update_software', 'Changed software in the Open Catalog'), ('analyse_software', 'Wrote the analysis of software'), ('delete_software', 'Withdrew software from the Open Catalog'), ('create_publisher', 'Added a publisher to the Open Catalog'), ('update_publisher', 'Changed a publisher in the Open Catalog'), ('delete_publisher', 'Withdrew a publisher from the Open Catalog'), ('create_catalog', 'Added a catalogue to the Open Catalog'), ('update_catalog', 'Changed a catalogue in the Open Catalog'), ('analyse_catalog', 'Wrote the analysis of a catalogue'), ('delete_catalog', 'Removed a catalogue from the Open Catalog'), ('create_webhook', 'Added a webhook'), ('update_webhook', 'Changed a webhook'), ('delete_webhook', 'Removed a webhook'), ('write_review', 'Wrote a review'), ('withdraw_review', 'Withdrew a review'), ('deprecate_component', 'Deprecated a component'), ('ask_for_alert', 'Asked for letters about a search'), ('confirm_alert', 'Confirmed letters about a search'), ('stop_alert', 'Stopped letters about a search'), ('reinstate_component', 'Took a deprecation back'), ('merge_components', 'Merged two components'), ('dismiss_pair', 'Said that two components are not one')], max_length=40),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='organisation_touched', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.updated_at = statement_timestamp(); RETURN NEW;', hash='7007e865f7798c22f12e2a09d0c5c34532a991b1', operation='UPDATE', pgid='pgtrigger_organisation_touched_266c2', table='registry_organisation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_organisationevent" ("affiliation_group", "aliases", "contact_email", "created_at", "driver", "end", "homepage", "id", "latitude", "longitude", "name", "nation", "parent_id", "peer_group_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "slug", "start", "type", "updated_at", "uuid") VALUES (OLD."affiliation_group", OLD."aliases", OLD."contact_email", OLD."created_at", OLD."driver", OLD."end", OLD."homepage", OLD."id", OLD."latitude", OLD."longitude", OLD."name", OLD."nation", OLD."parent_id", OLD."peer_group_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."region", OLD."slug", OLD."start", OLD."type", OLD."updated_at", OLD."uuid"); RETURN NULL;', hash='e2d333cb8df164892a1e9c7a94483af6e65ff466', operation='UPDATE', pgid='pgtrigger_changed_update_ecc0e', table='registry_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_organisationevent" ("affiliation_group", "aliases", "contact_email", "created_at", "driver", "end", "homepage", "id", "latitude", "longitude", "name", "nation", "parent_id", "peer_group_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "slug", "start", "type", "updated_at", "uuid") VALUES (OLD."affiliation_group", OLD."aliases", OLD."contact_email", OLD."created_at", OLD."driver", OLD."end", OLD."homepage", OLD."id", OLD."latitude", OLD."longitude", OLD."name", OLD."nation", OLD."parent_id", OLD."peer_group_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."region", OLD."slug", OLD."start", OLD."type", OLD."updated_at", OLD."uuid"); RETURN NULL;', hash='bab8ccfd859cd79236985028ff4b93640e231d63', operation='DELETE', pgid='pgtrigger_deleted_delete_0daa8', table='registry_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='catalog',
            trigger=pgtrigger.compiler.Trigger(name='catalog_touched', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.updated_at = statement_timestamp(); RETURN NEW;', hash='286bf3ad886cc532262c442143292226339c2a7c', operation='UPDATE', pgid='pgtrigger_catalog_touched_99af1', table='registry_catalog', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='catalog',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_catalogevent" ("active", "alternative_id", "analysis", "created_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publishers_namespace", "scopes", "sources", "updated_at", "uuid") VALUES (OLD."active", OLD."alternative_id", OLD."analysis", OLD."created_at", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."publishers_namespace", OLD."scopes", OLD."sources", OLD."updated_at", OLD."uuid"); RETURN NULL;', hash='99e2d6560414545e9a6a91bf6183900a30fd9947', operation='UPDATE', pgid='pgtrigger_changed_update_00cbb', table='registry_catalog', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='catalog',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_catalogevent" ("active", "alternative_id", "analysis", "created_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publishers_namespace", "scopes", "sources", "updated_at", "uuid") VALUES (OLD."active", OLD."alternative_id", OLD."analysis", OLD."created_at", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."publishers_namespace", OLD."scopes", OLD."sources", OLD."updated_at", OLD."uuid"); RETURN NULL;', hash='d6d80380bbc3e21663ddee9ef4cd2af2179d49d2', operation='DELETE', pgid='pgtrigger_deleted_delete_f6aa1', table='registry_catalog', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='codehosting',
            trigger=pgtrigger.compiler.Trigger(name='code_hosting_touched', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.updated_at = statement_timestamp(); RETURN NEW;', hash='37b3ed0beac631dd90ab09690a4ee88123950559', operation='UPDATE', pgid='pgtrigger_code_hosting_touched_84d6e', table='registry_codehosting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='codehosting',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_codehostingevent" ("created_at", "group", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "url") VALUES (OLD."created_at", OLD."group", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."updated_at", OLD."url"); RETURN NULL;', hash='301be4492685d9aab947dfa38fc73c4265f22798', operation='UPDATE', pgid='pgtrigger_changed_update_76a3f', table='registry_codehosting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='codehosting',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_codehostingevent" ("created_at", "group", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "url") VALUES (OLD."created_at", OLD."group", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."updated_at", OLD."url"); RETURN NULL;', hash='47bf679981ac2aaf954734c58d5534fa58cbb0b0', operation='DELETE', pgid='pgtrigger_deleted_delete_87871', table='registry_codehosting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='webhook',
            trigger=pgtrigger.compiler.Trigger(name='webhook_touched', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.updated_at = statement_timestamp(); RETURN NEW;', hash='d210cf0b9443398138ccfb5995a4ee71cea928be', operation='UPDATE', pgid='pgtrigger_webhook_touched_256e8', table='registry_webhook', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='log',
            trigger=pgtrigger.compiler.Trigger(name='log_never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='95b21e9d8c89f9ec1f3c0881614c4150ea69f73d', operation='UPDATE', pgid='pgtrigger_log_never_changed_dde15', table='registry_log', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisher',
            trigger=pgtrigger.compiler.Trigger(name='publisher_touched', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.updated_at = statement_timestamp(); RETURN NEW;', hash='948f014b2aa8dfb42eda750627d90f8da63207f6', operation='UPDATE', pgid='pgtrigger_publisher_touched_4aeca', table='registry_publisher', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisher',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_publisherevent" ("active", "alternative_id", "catalog_id", "description", "email", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "withdrawn_at") VALUES (OLD."active", OLD."alternative_id", OLD."catalog_id", OLD."description", OLD."email", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."updated_at", OLD."withdrawn_at"); RETURN NULL;', hash='4a3c65c262610ee730307a993b7811f575e0a3fd', operation='UPDATE', pgid='pgtrigger_changed_update_6f3d4', table='registry_publisher', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisher',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_publisherevent" ("active", "alternative_id", "catalog_id", "description", "email", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "withdrawn_at") VALUES (OLD."active", OLD."alternative_id", OLD."catalog_id", OLD."description", OLD."email", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."updated_at", OLD."withdrawn_at"); RETURN NULL;', hash='33fff1bf5f6624d8da5698b8ade558952845e56b', operation='DELETE', pgid='pgtrigger_deleted_delete_975f1', table='registry_publisher', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='software',
            trigger=pgtrigger.compiler.Trigger(name='software_touched', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.updated_at = statement_timestamp(); RETURN NEW;', hash='90a3cdc6d794e48a568381087d16680757c2153b', operation='UPDATE', pgid='pgtrigger_software_touched_ef177', table='registry_software', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."contact" IS DISTINCT FROM (NEW."contact") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."every_days" IS DISTINCT FROM (NEW."every_days") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."looked_after" IS DISTINCT FROM (NEW."looked_after") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."stopped_at" IS DISTINCT FROM (NEW."stopped_at"))', func='INSERT INTO "registry_sourceevent" ("address", "contact", "created_at", "every_days", "id", "kind", "looked_after", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stopped_at") VALUES (OLD."address", OLD."contact", OLD."created_at", OLD."every_days", OLD."id", OLD."kind", OLD."looked_after", OLD."organisation_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."stopped_at"); RETURN NULL;', hash='43f99d20580683f8c570c52d4809b28cad201a52', operation='UPDATE', pgid='pgtrigger_changed_update_f2fe5', table='registry_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_sourceevent" ("address", "contact", "created_at", "every_days", "id", "kind", "looked_after", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stopped_at") VALUES (OLD."address", OLD."contact", OLD."created_at", OLD."every_days", OLD."id", OLD."kind", OLD."looked_after", OLD."organisation_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."stopped_at"); RETURN NULL;', hash='3f0f811bcced5be84478d9e68800d77955a09d6b', operation='DELETE', pgid='pgtrigger_deleted_delete_d504e', table='registry_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='review_is_of_an_adopter', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF NEW.superseded_in_id IS NULL AND NOT EXISTS (\n        SELECT 1 FROM registry_declaration\n        WHERE kind = 'adoption' AND organisation_id = NEW.organisation_id AND component_id = NEW.component_id\n        AND superseded_in_id IS NULL AND stage IN ('pilot', 'partial', 'live', 'retired')\n    ) THEN\n        RAISE EXCEPTION 'Only a body that uses the component, or stopped using it, can review it.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'review_is_of_an_adopter';\n    END IF;\n    RETURN NULL;\n", hash='12f6d38a10071fcce730d81307d2767b4ff64f34', operation='INSERT OR UPDATE', pgid='pgtrigger_review_is_of_an_adopter_1afde', table='registry_review', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assembly',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_assemblyevent" ("blueprint_id", "cases", "forked_from_id", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_in_id", "saved_in_id", "uuid", "withdrawn_in_id") VALUES (OLD."blueprint_id", OLD."cases", OLD."forked_from_id", OLD."id", OLD."name", OLD."organisation_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."planned_in_id", OLD."saved_in_id", OLD."uuid", OLD."withdrawn_in_id"); RETURN NULL;', hash='0644552b2080feea029bc592dc536e8d926e00d7', operation='UPDATE', pgid='pgtrigger_changed_update_a368e', table='registry_assembly', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assembly',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_assemblyevent" ("blueprint_id", "cases", "forked_from_id", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_in_id", "saved_in_id", "uuid", "withdrawn_in_id") VALUES (OLD."blueprint_id", OLD."cases", OLD."forked_from_id", OLD."id", OLD."name", OLD."organisation_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."planned_in_id", OLD."saved_in_id", OLD."uuid", OLD."withdrawn_in_id"); RETURN NULL;', hash='29fb9f32666dc686d664b03559de38d91845e855', operation='DELETE', pgid='pgtrigger_deleted_delete_7b3b5', table='registry_assembly', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='part',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_partevent" ("assembly_id", "component_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slot_id") VALUES (OLD."assembly_id", OLD."component_id", OLD."id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."slot_id"); RETURN NULL;', hash='3639dd3c84813303310a30a22db721c07da82f4a', operation='UPDATE', pgid='pgtrigger_changed_update_0246f', table='registry_part', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='part',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_partevent" ("assembly_id", "component_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slot_id") VALUES (OLD."assembly_id", OLD."component_id", OLD."id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."slot_id"); RETURN NULL;', hash='97f191b1422a60e83f0b59637015ff5b0fcd2299', operation='DELETE', pgid='pgtrigger_deleted_delete_0c130', table='registry_part', when='AFTER')),
        ),
        migrations.RunSQL(STALE, migrations.RunSQL.noop),
    ]
