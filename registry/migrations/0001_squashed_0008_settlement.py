import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('registry', '0001_initial'),
        ('registry', '0002_compute_edition'),
        ('registry', '0003_stale_entry'),
        ('registry', '0004_edition_acts'),
        ('registry', '0005_job'),
        ('registry', '0006_declaration_adopters'),
        ('registry', '0007_declaration_stopped'),
        ('registry', '0008_settlement'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('catalogue', '0001_squashed_0004_search_without_head'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=120, unique=True)),
                ('name', models.CharField(max_length=300)),
                ('type', models.CharField(blank=True, max_length=120)),
                ('affiliation_group', models.CharField(blank=True, help_text='Bodies of one group count as one wherever independence is asked for.', max_length=120)),
                ('start', models.DateField(blank=True, null=True)),
                ('end', models.DateField(blank=True, null=True)),
                ('aliases', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list)),
                ('nation', models.CharField(blank=True, max_length=120)),
                ('region', models.CharField(blank=True, max_length=120)),
                ('homepage', models.TextField(blank=True)),
                ('latitude', models.DecimalField(blank=True, null=True)),
                ('longitude', models.DecimalField(blank=True, null=True)),
                ('driver', models.DecimalField(blank=True, help_text="Size, in the peer group's unit: people served, or staff where none are.", null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='registry.organisation')),
                ('peer_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='catalogue.peergroup')),
            ],
            options={
                'ordering': ['name', 'slug'],
                'constraints': [models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9][a-z0-9_-]*$')), name='organisation_slug_is_plain'), models.CheckConstraint(condition=models.Q(('start', None), ('end', None), ('start__lte', models.F('end')), _connector='OR'), name='organisation_dates_in_order'), models.CheckConstraint(condition=models.Q(('driver__gte', 0), ('driver__isnull', True), _connector='OR'), name='organisation_driver_not_negative'), models.CheckConstraint(condition=models.Q(('latitude', None), ('latitude__range', (-90, 90)), _connector='OR'), name='organisation_latitude_on_earth'), models.CheckConstraint(condition=models.Q(('longitude', None), ('longitude__range', (-180, 180)), _connector='OR'), name='organisation_longitude_on_earth')],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('financial_year', models.CharField(max_length=7)),
                ('frontline', models.DecimalField(blank=True, null=True)),
                ('administrative', models.DecimalField(blank=True, null=True)),
                ('source_url', models.TextField(blank=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accounts', to='registry.organisation')),
            ],
            options={
                'ordering': ['organisation', 'financial_year'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'financial_year'), name='account_stated_once'), models.CheckConstraint(condition=models.Q(('financial_year__regex', '^\\d{4}-\\d{2}$')), name='account_year_is_a_year'), models.CheckConstraint(condition=models.Q(('frontline__gte', 0), ('frontline__isnull', True), _connector='OR'), name='account_frontline_not_negative'), models.CheckConstraint(condition=models.Q(('administrative__gte', 0), ('administrative__isnull', True), _connector='OR'), name='account_admin_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Commons',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(blank=True, max_length=300)),
                ('country', models.CharField(blank=True, max_length=20)),
                ('currency', models.CharField(default='GBP', max_length=3)),
                ('licence', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'verbose_name_plural': 'commons',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='commons_is_one')],
            },
        ),
        migrations.CreateModel(
            name='CommonsEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, serialize=False)),
                ('title', models.CharField(blank=True, max_length=300)),
                ('country', models.CharField(blank=True, max_length=20)),
                ('currency', models.CharField(default='GBP', max_length=3)),
                ('licence', models.CharField(blank=True, max_length=300)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.commons')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_on', models.DateField()),
                ('units', models.FloatField(blank=True, null=True)),
                ('summary', models.TextField(blank=True)),
                ('source_url', models.TextField(blank=True)),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contributions', to='catalogue.component')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contributions', to='registry.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'component', 'made_on'), name='contribution_stated_once'), models.CheckConstraint(condition=models.Q(('units__gte', 0), ('units__isnull', True), _connector='OR'), name='contribution_units_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='ContributionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('made_on', models.DateField()),
                ('units', models.FloatField(blank=True, null=True)),
                ('summary', models.TextField(blank=True)),
                ('source_url', models.TextField(blank=True)),
                ('component', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.component')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.contribution')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(error_messages={'unique': 'Somebody already signs in with this address.'}, max_length=254, unique=True)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('is_staff', models.BooleanField(default=False, help_text="May use the operators' pages.", verbose_name='operator')),
                ('is_active', models.BooleanField(default=True)),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name_plural': 'people',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='person_email_once_in_any_case')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('load_pack', 'Loaded from a pack'), ('edit', 'Edited by an operator'), ('compute_edition', 'Computed an edition of the index'), ('open_reply', 'Opened the right of reply to an edition'), ('comment_on_edition', 'Commented on an edition'), ('settle_dispute', 'Settled a dispute'), ('publish_edition', 'Published an edition'), ('correct_edition', 'Computed a correction of an edition'), ('review_change', 'Reviewed a large change of a score')], max_length=40)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('source', models.TextField(blank=True, help_text="Where the statement comes from: a pack's title and file.")),
                ('detail', models.JSONField(blank=True, default=dict)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Declaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('adoption', 'Uses a shared component'), ('duplicate', 'Runs its own system'), ('not_responsible', 'Not responsible'), ('not_sure', 'Not sure')], max_length=20)),
                ('system', models.CharField(blank=True, max_length=300)),
                ('supplier', models.CharField(blank=True, max_length=300)),
                ('stage', models.CharField(blank=True, choices=[('planned', 'Planned'), ('pilot', 'Pilot'), ('partial', 'Partial'), ('live', 'Live'), ('retired', 'Stopped')], max_length=10)),
                ('coverage', models.FloatField(blank=True, help_text="Part of the function's work that it does, 0 to 1.", null=True)),
                ('transactions', models.FloatField(blank=True, help_text='A year.', null=True)),
                ('annual_cost', models.DecimalField(blank=True, null=True)),
                ('price_fy', models.CharField(blank=True, max_length=7, verbose_name='price year')),
                ('since', models.DateField(blank=True, null=True)),
                ('contract_end', models.DateField(blank=True, null=True)),
                ('contract_slips', models.PositiveSmallIntegerField(blank=True, help_text='How often the end of the contract moved later in the last 24 months.', null=True)),
                ('confirmed', models.DateField(blank=True, null=True)),
                ('evidence', models.CharField(blank=True, choices=[('E0', 'Found by us'), ('E1', 'Declared'), ('E2', 'Evidenced'), ('E3', 'Agreed by both')], max_length=2)),
                ('published', models.BooleanField(blank=True, help_text='Its complete open-book record is public.', null=True)),
                ('exempt_until', models.DateField(blank=True, null=True)),
                ('exempt_reason', models.CharField(blank=True, choices=[('law', 'Law'), ('safety', 'Safety'), ('accessibility', 'Accessibility'), ('security', 'Security'), ('uneconomic', 'Uneconomic')], max_length=20)),
                ('reason', models.TextField(blank=True, help_text='Why a shared component is not used.')),
                ('source_url', models.TextField(blank=True)),
                ('component', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='catalogue.component')),
                ('function', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='catalogue.function')),
                ('recorded_in', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='recorded', to='registry.event')),
                ('superseded_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded', to='registry.event')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='registry.organisation')),
            ],
            options={
                'indexes': [models.Index(models.F('component'), condition=models.Q(('superseded_in', None)), name='declaration_by_component'), models.Index(models.F('function'), models.F('kind'), condition=models.Q(('superseded_in', None)), name='declaration_by_function'), models.Index(condition=models.Q(('kind', 'adoption'), ('superseded_in', None), ('evidence__in', ['E2', 'E3']), ('stage__in', ['partial', 'live'])), fields=['component'], include=('organisation', 'since', 'confirmed'), name='declaration_adopters'), models.Index(condition=models.Q(('kind', 'adoption'), ('stage', 'retired'), ('superseded_in', None)), fields=['organisation'], include=('since', 'recorded_in'), name='declaration_stopped')],
                'constraints': [models.UniqueConstraint(models.F('organisation'), models.F('function'), models.F('component'), condition=models.Q(('kind', 'adoption'), ('superseded_in', None)), name='adoption_current_once'), models.UniqueConstraint(models.F('organisation'), models.F('function'), models.F('system'), condition=models.Q(('kind', 'duplicate'), ('superseded_in', None)), name='duplicate_current_once'), models.UniqueConstraint(models.F('organisation'), models.F('function'), condition=models.Q(models.Q(('kind', 'adoption'), _negated=True), models.Q(('kind', 'duplicate'), _negated=True), ('superseded_in', None)), name='answer_current_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'adoption'), ('component__isnull', False), ('system', ''), models.Q(('stage', ''), _negated=True)), models.Q(('kind', 'duplicate'), ('component', None), ('stage', ''), models.Q(('system', ''), _negated=True)), models.Q(models.Q(('kind', 'adoption'), _negated=True), models.Q(('kind', 'duplicate'), _negated=True), ('component', None), ('stage', ''), ('system', '')), _connector='OR'), name='declaration_fits_its_kind'), models.CheckConstraint(condition=models.Q(('kind__in', ['adoption', 'duplicate', 'not_responsible', 'not_sure'])), name='declaration_kind_is_known'), models.CheckConstraint(condition=models.Q(('stage__in', ['planned', 'pilot', 'partial', 'live', 'retired', ''])), name='declaration_stage_is_known'), models.CheckConstraint(condition=models.Q(('evidence__in', ['E0', 'E1', 'E2', 'E3', ''])), name='declaration_evidence_is_known'), models.CheckConstraint(condition=models.Q(('exempt_reason__in', ['law', 'safety', 'accessibility', 'security', 'uneconomic', ''])), name='declaration_exempt_reason_is_known'), models.CheckConstraint(condition=models.Q(('coverage', None), ('coverage__range', (0, 1)), _connector='OR'), name='declaration_coverage_is_a_share'), models.CheckConstraint(condition=models.Q(('transactions__gte', 0), ('transactions__isnull', True), _connector='OR'), name='declaration_transactions_not_negative'), models.CheckConstraint(condition=models.Q(('annual_cost__gte', 0), ('annual_cost__isnull', True), _connector='OR'), name='declaration_cost_not_negative'), models.CheckConstraint(condition=models.Q(('price_fy', ''), ('price_fy__regex', '^\\d{4}-\\d{2}$'), _connector='OR'), name='declaration_price_year_is_a_year')],
            },
        ),
        migrations.CreateModel(
            name='Identifier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(max_length=60)),
                ('code', models.CharField(max_length=200)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identifiers', to='registry.organisation')),
            ],
            options={
                'ordering': ['scheme', 'code'],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'code'), name='identifier_names_one_organisation')],
            },
        ),
        migrations.CreateModel(
            name='IdentifierEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('scheme', models.CharField(max_length=60)),
                ('code', models.CharField(max_length=200)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.identifier')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OrganisationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.CharField(max_length=120)),
                ('name', models.CharField(max_length=300)),
                ('type', models.CharField(blank=True, max_length=120)),
                ('affiliation_group', models.CharField(blank=True, help_text='Bodies of one group count as one wherever independence is asked for.', max_length=120)),
                ('start', models.DateField(blank=True, null=True)),
                ('end', models.DateField(blank=True, null=True)),
                ('aliases', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list)),
                ('nation', models.CharField(blank=True, max_length=120)),
                ('region', models.CharField(blank=True, max_length=120)),
                ('homepage', models.TextField(blank=True)),
                ('latitude', models.DecimalField(blank=True, null=True)),
                ('longitude', models.DecimalField(blank=True, null=True)),
                ('driver', models.DecimalField(blank=True, help_text="Size, in the peer group's unit: people served, or staff where none are.", null=True)),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.organisation')),
                ('peer_group', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.peergroup')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=200)),
                ('line', models.CharField(blank=True, max_length=60)),
                ('paid_on', models.DateField(blank=True, null=True)),
                ('supplier', models.CharField(blank=True, max_length=300)),
                ('supplier_identifier', models.CharField(blank=True, max_length=200)),
                ('amount', models.DecimalField(blank=True, null=True)),
                ('system', models.CharField(blank=True, max_length=300)),
                ('category', models.CharField(blank=True, max_length=300)),
                ('purpose', models.TextField(blank=True)),
                ('source_url', models.TextField(blank=True)),
                ('component', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='catalogue.component')),
                ('function', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='catalogue.function')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='payments', to='registry.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'paid_on', 'id'], name='payment_by_date')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'reference', 'line'), name='payment_recorded_once')],
            },
        ),
        migrations.CreateModel(
            name='PaymentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', models.CharField(max_length=200)),
                ('line', models.CharField(blank=True, max_length=60)),
                ('paid_on', models.DateField(blank=True, null=True)),
                ('supplier', models.CharField(blank=True, max_length=300)),
                ('supplier_identifier', models.CharField(blank=True, max_length=200)),
                ('amount', models.DecimalField(blank=True, null=True)),
                ('system', models.CharField(blank=True, max_length=300)),
                ('category', models.CharField(blank=True, max_length=300)),
                ('purpose', models.TextField(blank=True)),
                ('source_url', models.TextField(blank=True)),
                ('component', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.component')),
                ('function', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.function')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.payment')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SpendFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.CharField(help_text="Its path below the pack's spend folder.", max_length=300)),
                ('period', models.CharField(blank=True, max_length=60)),
                ('source_url', models.TextField(blank=True)),
                ('content', models.BinaryField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spend_files', to='registry.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'file'), name='spend_file_recorded_once')],
            },
        ),
        migrations.CreateModel(
            name='SpendFileEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('file', models.CharField(help_text="Its path below the pack's spend folder.", max_length=300)),
                ('period', models.CharField(blank=True, max_length=60)),
                ('source_url', models.TextField(blank=True)),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.spendfile')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Stewardship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('share', models.FloatField(default=1)),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stewardships', to='catalogue.component')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stewardships', to='registry.organisation')),
                ('recorded_in', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event')),
                ('superseded_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('component'), models.F('organisation'), condition=models.Q(('superseded_in', None)), name='stewardship_current_once'), models.CheckConstraint(condition=models.Q(('share__gt', 0), ('share__lte', 1)), name='stewardship_share_is_a_share')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='succeeded_by', to='registry.organisation')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='succeeds', to='registry.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('predecessor', 'successor'), name='succession_said_once')],
            },
        ),
        migrations.CreateModel(
            name='SuccessionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.succession')),
                ('predecessor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.organisation')),
                ('successor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Volume',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('transactions', models.FloatField(blank=True, help_text='A year.', null=True)),
                ('source_url', models.TextField(blank=True)),
                ('function', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='volumes', to='catalogue.function')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='volumes', to='registry.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'function'), name='volume_stated_once'), models.CheckConstraint(condition=models.Q(('transactions__gte', 0), ('transactions__isnull', True), _connector='OR'), name='volume_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='VolumeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('transactions', models.FloatField(blank=True, help_text='A year.', null=True)),
                ('source_url', models.TextField(blank=True)),
                ('function', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.function')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.volume')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AccountEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('financial_year', models.CharField(max_length=7)),
                ('frontline', models.DecimalField(blank=True, null=True)),
                ('administrative', models.DecimalField(blank=True, null=True)),
                ('source_url', models.TextField(blank=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.account')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StaleEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('component_id', models.BigIntegerField(db_index=True)),
            ],
            options={
                'verbose_name_plural': 'stale entries',
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('preview', 'Calculating the live preview')], max_length=20)),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='queued', max_length=10)),
                ('stage', models.CharField(blank=True, help_text='What is being done, in words.', max_length=100)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('started_at', models.DateTimeField()),
                ('heartbeat_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('sentence', models.TextField(blank=True, help_text='How it ended.')),
            ],
            options={
                'ordering': ['-started_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['preview'])), name='job_kind_is_known'), models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'failed'])), name='job_state_is_known'), models.CheckConstraint(condition=models.Q(('done__lte', models.F('total'))), name='job_not_over_done'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state__in', ['done', 'failed'])), models.Q(models.Q(('state__in', ['done', 'failed']), _negated=True), ('finished_at', None)), _connector='OR'), name='job_end_is_timed')],
            },
        ),
        migrations.AddField(
            model_name='organisation',
            name='successors',
            field=models.ManyToManyField(related_name='predecessors', through='registry.Succession', to='registry.organisation'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='organisation_parent_acyclic', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n            IF NEW.parent_id IS NULL THEN RETURN NULL; END IF;\n            PERFORM pg_advisory_xact_lock(hashtext('organisation_parent_acyclic'));\n            PERFORM 1 FROM registry_organisation WHERE id = NEW.id AND parent_id = NEW.parent_id;\n            IF NOT FOUND THEN RETURN NULL; END IF;\n            IF EXISTS (\n                WITH RECURSIVE onward(node) AS (\n                    SELECT NEW.parent_id\n                    UNION\n                    SELECT edge.parent_id FROM registry_organisation edge JOIN onward ON edge.id = onward.node\n                    WHERE edge.parent_id IS NOT NULL\n                )\n                SELECT 1 FROM onward WHERE node = NEW.id\n            ) THEN\n                RAISE EXCEPTION 'This would make a circle in registry_organisation.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'organisation_parent_acyclic';\n            END IF;\n            RETURN NULL;\n        ", hash='025b4c4258fdd86039bdb99a0a6773b995a34aa9', operation='INSERT OR UPDATE OF "parent_id"', pgid='pgtrigger_organisation_parent_acyclic_9c0e8', table='registry_organisation', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_organisationevent" ("affiliation_group", "aliases", "driver", "end", "homepage", "id", "latitude", "longitude", "name", "nation", "parent_id", "peer_group_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "slug", "start", "type") VALUES (OLD."affiliation_group", OLD."aliases", OLD."driver", OLD."end", OLD."homepage", OLD."id", OLD."latitude", OLD."longitude", OLD."name", OLD."nation", OLD."parent_id", OLD."peer_group_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."region", OLD."slug", OLD."start", OLD."type"); RETURN NULL;', hash='dd3724d005e06671472f8227ccaf2451eb2f92e2', operation='UPDATE', pgid='pgtrigger_changed_update_ecc0e', table='registry_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_organisationevent" ("affiliation_group", "aliases", "driver", "end", "homepage", "id", "latitude", "longitude", "name", "nation", "parent_id", "peer_group_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "slug", "start", "type") VALUES (OLD."affiliation_group", OLD."aliases", OLD."driver", OLD."end", OLD."homepage", OLD."id", OLD."latitude", OLD."longitude", OLD."name", OLD."nation", OLD."parent_id", OLD."peer_group_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."region", OLD."slug", OLD."start", OLD."type"); RETURN NULL;', hash='0f0fbe9f2b7fc97e7e457c4063c345c8de25edc3', operation='DELETE', pgid='pgtrigger_deleted_delete_0daa8', table='registry_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='account',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_accountevent" ("administrative", "financial_year", "frontline", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_url") VALUES (OLD."administrative", OLD."financial_year", OLD."frontline", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."source_url"); RETURN NULL;', hash='32a1bd760617d4cc0166e4a363f052dbf7824ccc', operation='UPDATE', pgid='pgtrigger_changed_update_414be', table='registry_account', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='account',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_accountevent" ("administrative", "financial_year", "frontline", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_url") VALUES (OLD."administrative", OLD."financial_year", OLD."frontline", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."source_url"); RETURN NULL;', hash='0a923835bd66f63c4cd752b55950f011dce9bcfe', operation='DELETE', pgid='pgtrigger_deleted_delete_d2fe0', table='registry_account', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commons',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_commonsevent" ("country", "currency", "id", "licence", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (OLD."country", OLD."currency", OLD."id", OLD."licence", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."title"); RETURN NULL;', hash='db47f872b0df93aa22a7722f5c6d8efe94352bb2', operation='UPDATE', pgid='pgtrigger_changed_update_f635f', table='registry_commons', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commons',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_commonsevent" ("country", "currency", "id", "licence", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (OLD."country", OLD."currency", OLD."id", OLD."licence", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."title"); RETURN NULL;', hash='c3f106fd269eb8b27c923f4c266b865d4cd69b67', operation='DELETE', pgid='pgtrigger_deleted_delete_8b44a', table='registry_commons', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contribution',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_contributionevent" ("component_id", "id", "made_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_url", "summary", "units") VALUES (OLD."component_id", OLD."id", OLD."made_on", OLD."organisation_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."source_url", OLD."summary", OLD."units"); RETURN NULL;', hash='b56d4f9474401d8281b44aa0102e986a32338ba6', operation='UPDATE', pgid='pgtrigger_changed_update_d5860', table='registry_contribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contribution',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_contributionevent" ("component_id", "id", "made_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_url", "summary", "units") VALUES (OLD."component_id", OLD."id", OLD."made_on", OLD."organisation_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."source_url", OLD."summary", OLD."units"); RETURN NULL;', hash='3a315734713a49e7776586968a144f81f8e9f50b', operation='DELETE', pgid='pgtrigger_deleted_delete_4468a', table='registry_contribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='event_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='95e022ad6f7e382fa259e17132d21ff8cfc433c9', operation='UPDATE OR DELETE', pgid='pgtrigger_event_append_only_7b247', table='registry_event', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='identifier',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_identifierevent" ("code", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme") VALUES (OLD."code", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."scheme"); RETURN NULL;', hash='35598d95e871e0752f829df52be3a40dd378b10d', operation='UPDATE', pgid='pgtrigger_changed_update_68e80', table='registry_identifier', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='identifier',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_identifierevent" ("code", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme") VALUES (OLD."code", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."scheme"); RETURN NULL;', hash='dd8408d5864b7cb23cb0f3a346788faeff537e55', operation='DELETE', pgid='pgtrigger_deleted_delete_b35b2', table='registry_identifier', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_paymentevent" ("amount", "category", "component_id", "function_id", "id", "line", "organisation_id", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reference", "source_url", "supplier", "supplier_identifier", "system") VALUES (OLD."amount", OLD."category", OLD."component_id", OLD."function_id", OLD."id", OLD."line", OLD."organisation_id", OLD."paid_on", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."purpose", OLD."reference", OLD."source_url", OLD."supplier", OLD."supplier_identifier", OLD."system"); RETURN NULL;', hash='18a72617ce05d2ac599f2294625807fefdd1f233', operation='UPDATE', pgid='pgtrigger_changed_update_174c2', table='registry_payment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_paymentevent" ("amount", "category", "component_id", "function_id", "id", "line", "organisation_id", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reference", "source_url", "supplier", "supplier_identifier", "system") VALUES (OLD."amount", OLD."category", OLD."component_id", OLD."function_id", OLD."id", OLD."line", OLD."organisation_id", OLD."paid_on", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."purpose", OLD."reference", OLD."source_url", OLD."supplier", OLD."supplier_identifier", OLD."system"); RETURN NULL;', hash='8aa550a26d159582bda77bdf4fb60a4aae708c0d', operation='DELETE', pgid='pgtrigger_deleted_delete_d6ffc', table='registry_payment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='spendfile',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."period" IS DISTINCT FROM (NEW."period") OR OLD."source_url" IS DISTINCT FROM (NEW."source_url"))', func='INSERT INTO "registry_spendfileevent" ("file", "id", "organisation_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_url") VALUES (OLD."file", OLD."id", OLD."organisation_id", OLD."period", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."source_url"); RETURN NULL;', hash='628aa41d75e4dff5e89b9f7809890b5486221f48', operation='UPDATE', pgid='pgtrigger_changed_update_5c279', table='registry_spendfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='spendfile',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_spendfileevent" ("file", "id", "organisation_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_url") VALUES (OLD."file", OLD."id", OLD."organisation_id", OLD."period", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."source_url"); RETURN NULL;', hash='6191953cf59b4bfd9cc3f8c78905db27d5005d3a', operation='DELETE', pgid='pgtrigger_deleted_delete_b3c12', table='registry_spendfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stewardship',
            trigger=pgtrigger.compiler.Trigger(name='stewardship_shares_at_most_one', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    PERFORM 1 FROM catalogue_component WHERE id = NEW.component_id FOR UPDATE;\n    IF (SELECT sum(share) FROM registry_stewardship\n        WHERE component_id = NEW.component_id AND superseded_in_id IS NULL) > 1.000000001 THEN\n        RAISE EXCEPTION 'The shares of this component''s stewards exceed 1.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'stewardship_shares_at_most_one';\n    END IF;\n    RETURN NULL;\n", hash='fc02ac02ac1a8e9a219b547295d1f1f8716785aa', operation='INSERT OR UPDATE', pgid='pgtrigger_stewardship_shares_at_most_one_89694', table='registry_stewardship', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='succession',
            trigger=pgtrigger.compiler.Trigger(name='succession_acyclic', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n            IF NEW.successor_id IS NULL THEN RETURN NULL; END IF;\n            PERFORM pg_advisory_xact_lock(hashtext('succession_acyclic'));\n            PERFORM 1 FROM registry_succession WHERE predecessor_id = NEW.predecessor_id AND successor_id = NEW.successor_id;\n            IF NOT FOUND THEN RETURN NULL; END IF;\n            IF EXISTS (\n                WITH RECURSIVE onward(node) AS (\n                    SELECT NEW.successor_id\n                    UNION\n                    SELECT edge.successor_id FROM registry_succession edge JOIN onward ON edge.predecessor_id = onward.node\n                    WHERE edge.successor_id IS NOT NULL\n                )\n                SELECT 1 FROM onward WHERE node = NEW.predecessor_id\n            ) THEN\n                RAISE EXCEPTION 'This would make a circle in registry_succession.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'succession_acyclic';\n            END IF;\n            RETURN NULL;\n        ", hash='8a75d17980f5c75d721a54196ec0e64c10e57bcc', operation='INSERT OR UPDATE OF "predecessor_id", "successor_id"', pgid='pgtrigger_succession_acyclic_43d65', table='registry_succession', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='succession',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_successionevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "successor_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."predecessor_id", OLD."successor_id"); RETURN NULL;', hash='12abcf127b945458603d78039705d7e754360800', operation='UPDATE', pgid='pgtrigger_changed_update_a2265', table='registry_succession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='succession',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_successionevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "successor_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."predecessor_id", OLD."successor_id"); RETURN NULL;', hash='c59d6a3954f5898c387b51bfa326c48495a115be', operation='DELETE', pgid='pgtrigger_deleted_delete_9948f', table='registry_succession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='volume',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_volumeevent" ("function_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_url", "transactions") VALUES (OLD."function_id", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."source_url", OLD."transactions"); RETURN NULL;', hash='ec1ca47de8072eda7629c72bceaaeebf6a5eb290', operation='UPDATE', pgid='pgtrigger_changed_update_f7b79', table='registry_volume', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='volume',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_volumeevent" ("function_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_url", "transactions") VALUES (OLD."function_id", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."source_url", OLD."transactions"); RETURN NULL;', hash='6d317986d32a7c7520bcac3deebf72d5c3c76e26', operation='DELETE', pgid='pgtrigger_deleted_delete_79bd1', table='registry_volume', when='AFTER')),
        ),
    ]
