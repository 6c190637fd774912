import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from commons.migrating import AtOnce


# Every write that may change a figure of the live preview marks the organisations concerned, in its own transaction.
# What a statement touched, by its event: transition tables cannot be shared between events.
TOUCHED = {
    "INSERT": ("NEW TABLE AS new_rows", "SELECT * FROM new_rows"),
    "UPDATE": ("OLD TABLE AS old_rows NEW TABLE AS new_rows", "SELECT * FROM old_rows UNION ALL SELECT * FROM new_rows"),
    "DELETE": ("OLD TABLE AS old_rows", "SELECT * FROM old_rows"),
}
OWN = "SELECT organisation_id AS id FROM touched"
STEWARDS = """
    SELECT stewardship.organisation_id
    FROM ({components}) concerned
    JOIN registry_stewardship stewardship ON stewardship.component_id = concerned.component_id
    WHERE stewardship.superseded_in_id IS NULL
"""
# Only such an adoption counts as an independent adopter, who is in the figures of the component's stewards.
ADOPTED = """
    SELECT component_id FROM touched
    WHERE component_id IS NOT NULL AND stage IN ('partial', 'live') AND evidence IN ('E2', 'E3')
"""
# A body that changes its group changes who is independent of whom, for all that it uses or looks after.
REGROUPED = """
    SELECT declaration.component_id
    FROM new_rows JOIN old_rows USING (id) JOIN registry_declaration declaration ON declaration.organisation_id = new_rows.id
    WHERE new_rows.affiliation_group <> old_rows.affiliation_group
      AND declaration.superseded_in_id IS NULL AND declaration.component_id IS NOT NULL
    UNION
    SELECT stewardship.component_id
    FROM new_rows JOIN old_rows USING (id) JOIN registry_stewardship stewardship ON stewardship.organisation_id = new_rows.id
    WHERE new_rows.affiliation_group <> old_rows.affiliation_group AND stewardship.superseded_in_id IS NULL
"""
# Adopters elsewhere, as their component states them.
COUNTED_ANEW = """
    SELECT new_rows.id AS component_id FROM new_rows JOIN old_rows USING (id)
    WHERE new_rows.external_independent_adopters IS DISTINCT FROM old_rows.external_independent_adopters
"""
ALL = ("INSERT", "UPDATE", "DELETE")
MARKS = [
    ("registry_volume", ALL, OWN),
    ("registry_account", ALL, OWN),
    ("registry_contribution", ALL, OWN),
    ("registry_declaration", ALL, f"{OWN} UNION {STEWARDS.format(components=ADOPTED)}"),
    ("registry_stewardship", ALL, f"{OWN} UNION {STEWARDS.format(components='SELECT component_id FROM touched')}"),
    ("registry_organisation", ("INSERT", "DELETE"), "SELECT id FROM touched"),
    ("registry_organisation", ("UPDATE",), f"SELECT id FROM touched UNION {STEWARDS.format(components=REGROUPED)}"),
    ("catalogue_component", ("UPDATE",), STEWARDS.format(components=COUNTED_ANEW)),
]

# What rows are normalised by (AG-2). An attestation may be one half of an exchange, whose other half is the steward's own
# statement; an audit concerns all that its steward attested. Whoever has inherited an attested statement is concerned by
# whatever concerns the predecessor whose attestation it is.
STEWARDS_OF = """
    SELECT stewardship.organisation_id FROM registry_stewardship stewardship
    JOIN ({given}) given ON given.component_id = stewardship.component_id
    WHERE stewardship.superseded_in_id IS NULL
"""
GROUP = "coalesce(nullif({body}.affiliation_group, ''), {body}.slug)"
# The other half of an exchange, whoever of the two groups gave it.
BACK = f"""
    SELECT back.* FROM touched
    JOIN registry_organisation body ON body.id = touched.organisation_id
    JOIN registry_organisation steward ON steward.id = touched.steward_id
    JOIN registry_organisation other ON {GROUP.format(body="other")} = {GROUP.format(body="body")}
    JOIN registry_attestation back ON back.steward_id = other.id
    JOIN registry_organisation about ON about.id = back.organisation_id
    WHERE {GROUP.format(body="about")} = {GROUP.format(body="steward")}
"""
EXCHANGED = f"""
    SELECT organisation_id AS id FROM touched WHERE steward_id IS NOT NULL
    UNION {STEWARDS_OF.format(given="SELECT component_id FROM touched WHERE steward_id IS NOT NULL")}
    UNION SELECT back.organisation_id FROM ({BACK}) back
    UNION {STEWARDS_OF.format(given=BACK)}
"""
# A body that changes its group changes who has exchanged attestations with whom, for all of the old and the new group.
GIVEN_OR_GOT = f"""
    SELECT given.* FROM registry_attestation given
    WHERE given.steward_id IS NOT NULL AND EXISTS (
        SELECT FROM new_rows JOIN old_rows USING (id)
        JOIN registry_organisation member ON member.id IN (given.organisation_id, given.steward_id)
        WHERE new_rows.affiliation_group <> old_rows.affiliation_group
          AND (member.id = new_rows.id OR {GROUP.format(body="member")} IN (
              coalesce(nullif(old_rows.affiliation_group, ''), old_rows.slug),
              coalesce(nullif(new_rows.affiliation_group, ''), new_rows.slug))))
"""
MOVED = f"""
    SELECT given.organisation_id AS id FROM ({GIVEN_OR_GOT}) given
    UNION {STEWARDS_OF.format(given=GIVEN_OR_GOT)}
"""
GIVEN = """
    SELECT attestation.* FROM registry_attestation attestation
    JOIN touched ON touched.steward_id = attestation.steward_id WHERE touched.result = 'failed'
"""
AUDITED = f"""
    SELECT steward_id AS id FROM touched WHERE result = 'failed'
    UNION SELECT given.organisation_id FROM ({GIVEN}) given
    UNION {STEWARDS_OF.format(given=GIVEN)}
"""
MARKS_WITH_HEIRS = [
    ("registry_attestation", "INSERT", "attested", EXCHANGED),
    ("registry_attestation", "UPDATE", "answered", EXCHANGED),
    ("registry_audit", "INSERT", "audited", AUDITED),
    ("registry_audit", "UPDATE", "audit_decided", AUDITED),
    ("registry_organisation", "UPDATE", "regrouped", MOVED),
]


def dirty(organisations):
    return f" SELECT DISTINCT id, now() FROM ({organisations}) dirty (id)"


def dirty_with_heirs(organisations):
    return f""", dirty (id) AS (
        SELECT id FROM ({organisations}) marked (id)
        UNION
        SELECT succession.successor_id FROM dirty
        JOIN registry_succession succession ON succession.predecessor_id = dirty.id
    ) SELECT id, now() FROM dirty"""


def statements(table, event, name, concerned, recursive=""):
    """The trigger of a table's event with its function, and what takes both away again.

    Stewards are looked up in their index, whatever the planner makes of tables that were empty a moment ago: it would
    walk through all of them for each row of a bulk load.
    """
    name = f"public_value_mark_{name}"
    tables, touched = TOUCHED[event]
    made = f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
        BEGIN
            INSERT INTO public_value_dirtyorganisation (organisation_id, at)
            WITH {recursive + " " if recursive else ""}touched AS ({touched}){concerned};
            RETURN NULL;
        END $$;
        CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {tables}
        FOR EACH STATEMENT EXECUTE FUNCTION {name}();
    """
    return made, f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();"


class Migration(AtOnce):

    replaces = [
        ('public_value', '0001_squashed_0017_shown_ranks'),
        ('public_value', '0018_publishing'),
        ('public_value', '0019_evidence_words'),
        ('public_value', '0020_mark_heirs'),
    ]

    initial = True

    dependencies = [
        ('catalogue', '0001_squashed_0005_catalogue_alive'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('registry', '0001_squashed_0029_adopters_counted'),
    ]

    operations = [
        migrations.CreateModel(
            name='BenchmarkEdition',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, help_text='Blank: there are no benchmarks, so no scores.', max_length=60)),
                ('base_financial_year', models.CharField(blank=True, max_length=7)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='benchmark_edition_is_one'), models.CheckConstraint(condition=models.Q(('base_financial_year', ''), ('base_financial_year__regex', '^\\d{4}-\\d{2}$'), _connector='OR'), name='benchmark_edition_base_is_a_year')],
            },
        ),
        migrations.CreateModel(
            name='BenchmarkEditionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, serialize=False)),
                ('name', models.CharField(blank=True, help_text='Blank: there are no benchmarks, so no scores.', max_length=60)),
                ('base_financial_year', models.CharField(blank=True, max_length=7)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='public_value.benchmarkedition')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Benchmark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref_cost_per_driver', models.FloatField(blank=True, null=True)),
                ('ref_volume_per_driver', models.FloatField(blank=True, null=True)),
                ('observations', models.PositiveIntegerField(blank=True, help_text='Blank: used, and labelled provisional.', null=True)),
                ('provenance', models.TextField(blank=True)),
                ('function', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='benchmarks', to='catalogue.function')),
                ('peer_group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='benchmarks', to='catalogue.peergroup')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('peer_group', 'function'), name='benchmark_stated_once'), models.CheckConstraint(condition=models.Q(('ref_cost_per_driver__gte', 0), ('ref_cost_per_driver__isnull', True), _connector='OR'), name='benchmark_cost_not_negative'), models.CheckConstraint(condition=models.Q(('ref_volume_per_driver__gte', 0), ('ref_volume_per_driver__isnull', True), _connector='OR'), name='benchmark_volume_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='BenchmarkEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('ref_cost_per_driver', models.FloatField(blank=True, null=True)),
                ('ref_volume_per_driver', models.FloatField(blank=True, null=True)),
                ('observations', models.PositiveIntegerField(blank=True, help_text='Blank: used, and labelled provisional.', null=True)),
                ('provenance', models.TextField(blank=True)),
                ('function', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.function')),
                ('peer_group', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.peergroup')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='public_value.benchmark')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Deflator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('financial_year', models.CharField(max_length=7, unique=True)),
                ('index', models.FloatField()),
            ],
            options={
                'ordering': ['financial_year'],
                'constraints': [models.CheckConstraint(condition=models.Q(('financial_year__regex', '^\\d{4}-\\d{2}$')), name='deflator_year_is_a_year'), models.CheckConstraint(condition=models.Q(('index__gt', 0)), name='deflator_index_positive')],
            },
        ),
        migrations.CreateModel(
            name='DeflatorEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('financial_year', models.CharField(max_length=7)),
                ('index', models.FloatField()),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='public_value.deflator')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FrontlinePost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=120, unique=True)),
                ('label', models.CharField(max_length=200)),
                ('annual_cost', models.DecimalField()),
                ('financial_year', models.CharField(max_length=7)),
                ('source', models.TextField()),
            ],
            options={
                'ordering': ['label'],
                'constraints': [models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9][a-z0-9_-]*$')), name='post_slug_is_plain'), models.CheckConstraint(condition=models.Q(('annual_cost__gte', 0), ('annual_cost__isnull', True), _connector='OR'), name='post_cost_not_negative'), models.CheckConstraint(condition=models.Q(('financial_year__regex', '^\\d{4}-\\d{2}$')), name='post_year_is_a_year')],
            },
        ),
        migrations.CreateModel(
            name='FrontlinePostEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.CharField(max_length=120)),
                ('label', models.CharField(max_length=200)),
                ('annual_cost', models.DecimalField()),
                ('financial_year', models.CharField(max_length=7)),
                ('source', models.TextField()),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='public_value.frontlinepost')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PeerGroupNorm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('f_lo', models.FloatField(blank=True, null=True)),
                ('f_hi', models.FloatField(blank=True, null=True)),
                ('f_median_share', models.FloatField(blank=True, null=True)),
                ('adoption_mean_custom', models.FloatField(blank=True, null=True)),
                ('adoption_mean_product', models.FloatField(blank=True, null=True)),
                ('adoption_mean_commodity', models.FloatField(blank=True, null=True)),
                ('peer_group', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='norm', to='catalogue.peergroup')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('f_lo', None), ('f_hi', None), ('f_lo__lt', models.F('f_hi')), _connector='OR'), name='norm_goalposts_in_order')],
            },
        ),
        migrations.CreateModel(
            name='PeerGroupNormEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('f_lo', models.FloatField(blank=True, null=True)),
                ('f_hi', models.FloatField(blank=True, null=True)),
                ('f_median_share', models.FloatField(blank=True, null=True)),
                ('adoption_mean_custom', models.FloatField(blank=True, null=True)),
                ('adoption_mean_product', models.FloatField(blank=True, null=True)),
                ('adoption_mean_commodity', models.FloatField(blank=True, null=True)),
                ('peer_group', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.peergroup')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='public_value.peergroupnorm')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(help_text='Its name, and the seed of its random streams.', max_length=60)),
                ('snapshot_date', models.DateField()),
                ('state', models.CharField(choices=[('computed', 'Computed'), ('reply', 'Open for reply'), ('published', 'Published'), ('superseded', 'Superseded by a correction'), ('preview', 'Live preview')], default='computed', max_length=20)),
                ('method_version', models.CharField(max_length=40)),
                ('parameters', models.TextField()),
                ('params_hash', models.CharField(max_length=64)),
                ('snapshot_hash', models.CharField(max_length=64)),
                ('seed', models.CharField(max_length=60)),
                ('draws', models.PositiveIntegerField()),
                ('benchmark_edition', models.CharField(blank=True, max_length=60)),
                ('base_financial_year', models.CharField(blank=True, max_length=7)),
                ('code_version', models.CharField(blank=True, max_length=60)),
                ('function_figures', models.JSONField(default=dict, help_text='By function: what is shared, and how concentrated.')),
                ('note', models.TextField(blank=True)),
                ('started_at', models.DateTimeField()),
                ('computed_at', models.DateTimeField()),
                ('peer_groups', models.JSONField(default=dict, help_text='By peer group: its label, unit, parent, goalposts, means.')),
                ('money', models.JSONField(default=dict, help_text='What amounts are read by: country, currency, prices of each year, front-line posts. Empty: calculated before savings were.')),
                ('robustness', models.JSONField(default=dict, help_text='What each part weighs in fact, and orders under other sums.')),
                ('erratum', models.TextField(blank=True, help_text='What a correction corrects.')),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('reply_from', models.DateField(blank=True, help_text='First day of the right of reply.', null=True)),
                ('reply_until', models.DateField(blank=True, help_text='Last day of the right of reply.', null=True)),
                ('revision', models.PositiveSmallIntegerField(default=1)),
                ('compared_with', models.ForeignKey(blank=True, help_text='The earlier edition that its trends begin at.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='public_value.edition')),
                ('realised_unpriced', models.PositiveIntegerField(help_text='Ended systems that are in no realised saving because their price year has no index. Null: calculated before realised savings were.', null=True)),
                ('sensitivity', models.JSONField(default=dict, help_text='Which judgements move the scores most.')),
            ],
            options={
                'ordering': ['-snapshot_date', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('label__regex', '^[A-Za-z0-9][A-Za-z0-9._-]*$')), name='edition_label_is_plain'), models.CheckConstraint(condition=models.Q(('draws__gt', 0)), name='edition_draws_positive'), models.CheckConstraint(condition=models.Q(('started_at__lte', models.F('computed_at'))), name='edition_times_in_order'), models.UniqueConstraint(django.db.models.functions.text.Lower('label'), models.F('revision'), name='edition_revision_once_in_any_case'), models.UniqueConstraint(django.db.models.functions.text.Lower('label'), condition=models.Q(('state', 'published')), name='edition_one_published_revision'), models.CheckConstraint(condition=models.Q(models.Q(('erratum', ''), ('revision', 1)), models.Q(('revision__gt', 1), models.Q(('erratum', ''), _negated=True)), _connector='OR'), name='edition_correction_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('reply_from', None), ('reply_until', None), models.Q(('state', 'reply'), _negated=True)), ('reply_from__lte', models.F('reply_until')), _connector='OR'), name='edition_reply_has_days'), models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', False), ('state__in', ['published', 'superseded'])), models.Q(models.Q(('state__in', ['published', 'superseded']), _negated=True), ('published_at', None)), _connector='OR'), name='edition_published_has_a_time'), models.CheckConstraint(condition=models.Q(('state__in', ['computed', 'reply', 'published', 'superseded', 'preview'])), name='edition_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('driver', models.FloatField(null=True)),
                ('frontline', models.FloatField(null=True)),
                ('admin', models.FloatField(null=True)),
                ('reuse', models.FloatField()),
                ('contribution_units', models.FloatField()),
                ('S', models.FloatField(null=True, verbose_name='standardisation')),
                ('R', models.FloatField(null=True, verbose_name='relief of duplicates')),
                ('N', models.FloatField(null=True, verbose_name='duplication avoided')),
                ('F', models.FloatField(null=True, verbose_name='front-line focus')),
                ('C', models.FloatField(null=True, verbose_name='commons')),
                ('O', models.FloatField(null=True, verbose_name='openness')),
                ('frontline_stated', models.BooleanField(default=False)),
                ('xi', models.FloatField(null=True, verbose_name='exemption factor')),
                ('den', models.FloatField(null=True, verbose_name='denominator')),
                ('K', models.FloatField(null=True, verbose_name='completeness')),
                ('V', models.FloatField(null=True, verbose_name='verification')),
                ('T', models.FloatField(null=True, verbose_name='timeliness')),
                ('pvi', models.FloatField(null=True)),
                ('pvi_peer_imputed', models.FloatField(null=True)),
                ('pvi_max', models.FloatField(null=True)),
                ('arithmetic', models.FloatField(null=True)),
                ('balance_penalty', models.FloatField(null=True)),
                ('contribution_S', models.FloatField(null=True)),
                ('contribution_N', models.FloatField(null=True)),
                ('contribution_F', models.FloatField(null=True)),
                ('contribution_C', models.FloatField(null=True)),
                ('contribution_O', models.FloatField(null=True)),
                ('p5', models.FloatField(null=True)),
                ('p50', models.FloatField(null=True)),
                ('p95', models.FloatField(null=True)),
                ('rank_low', models.PositiveIntegerField(help_text='In its own peer group, however small: never shown.', null=True)),
                ('rank_high', models.PositiveIntegerField(null=True)),
                ('grade', models.CharField(max_length=1)),
                ('published_as', models.CharField(choices=[('score', 'Score'), ('band', 'Band only'), ('not_published', 'No number')], max_length=20)),
                ('missing', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, help_text='What keeps it from a score.')),
                ('edition', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='public_value.edition')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='registry.organisation')),
                ('peer_group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.peergroup')),
                ('own_cost', models.FloatField(help_text='Declared cost of its own systems that count, £ a year.', null=True)),
                ('existed', models.BooleanField(help_text="It had begun on the edition's day, and not ended: it is in lists.")),
                ('rank_group', models.ForeignKey(db_index=False, help_text='Of what is shown.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.peergroup')),
                ('rank_members', models.PositiveIntegerField(help_text='Scores that the shown rank is among.', null=True)),
                ('shown_rank_high', models.PositiveIntegerField(null=True)),
                ('shown_rank_low', models.PositiveIntegerField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'organisation'), name='score_once_an_edition'), models.CheckConstraint(condition=models.Q(('grade__in', 'ABCDE')), name='score_grade_is_known'), models.CheckConstraint(condition=models.Q(('published_as__in', ['score', 'band', 'not_published'])), name='score_face_is_known'), models.CheckConstraint(condition=models.Q(('pvi__isnull', False), ('published_as', 'not_published'), _connector='OR'), name='score_shown_only_where_computed'), models.CheckConstraint(condition=models.Q(models.Q(('rank_group__isnull', True), ('rank_members__isnull', True), ('shown_rank_high__isnull', True), ('shown_rank_low__isnull', True)), models.Q(('rank_group__isnull', False), ('rank_members__gte', 10), ('rank_members__isnull', False), ('shown_rank_high__isnull', False), ('shown_rank_high__lte', models.F('rank_members')), ('shown_rank_low__gte', 1), ('shown_rank_low__isnull', False), ('shown_rank_low__lte', models.F('shown_rank_high'))), _connector='OR'), name='score_shown_rank_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='ScoreLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('adoption', 'Uses a shared component'), ('duplicate', 'Runs its own'), ('exempt', 'Runs its own, exempt'), ('left_out', 'Not counted')], max_length=20)),
                ('envelope', models.FloatField(default=0, help_text='Reference cost of the function for this body, £ a year.')),
                ('share', models.FloatField(default=0, help_text="Of the function's work, after scaling.")),
                ('freshness', models.FloatField(default=0)),
                ('cost', models.FloatField(help_text='Declared cost in base-year £.', null=True)),
                ('relieved', models.BooleanField(default=False, help_text='Half its cost is passed over: it is about to move.')),
                ('points_S', models.FloatField(default=0)),
                ('points_N', models.FloatField(default=0)),
                ('points_O', models.FloatField(default=0)),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, help_text='Why it counts less, or not.')),
                ('declaration', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.declaration')),
                ('function', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.function')),
                ('score', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='public_value.score')),
                ('case_annual_central', models.FloatField(null=True)),
                ('case_annual_high', models.FloatField(null=True)),
                ('case_annual_low', models.FloatField(help_text='Steady saving, £ a year; 0: no saving case.', null=True)),
                ('case_component', models.ForeignKey(db_index=False, help_text='The cheapest.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.component')),
                ('case_cost', models.FloatField(help_text='What it costs now, £ a year.', null=True)),
                ('case_modelled', models.BooleanField(help_text='Its cost or its share is assumed.', null=True)),
                ('case_npv_central', models.FloatField(null=True)),
                ('case_npv_high', models.FloatField(null=True)),
                ('case_npv_low', models.FloatField(help_text='Net present value over the horizon, £.', null=True)),
                ('case_shared_cost', models.FloatField(help_text='What the shared component would cost, £ a year.', null=True)),
                ('case_start', models.PositiveSmallIntegerField(help_text='Years until the move can begin.', null=True)),
                ('ends_soon', models.BooleanField(default=False, help_text='Its cost is halved as soon as the body begins to move.')),
                ('evidence', models.CharField(blank=True, help_text='Blank: not counted, or kept before what-ifs were.', max_length=2)),
                ('openness', models.FloatField(default=0, help_text='Of the component, 0 to 1.')),
                ('pilot', models.BooleanField(default=False)),
                ('published', models.BooleanField(default=False)),
                ('volume', models.FloatField(default=0, help_text='Of the function in this body, transactions a year.')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('kind', 'duplicate')), fields=['function'], name='score_line_own_by_function')],
                'constraints': [models.UniqueConstraint(fields=('score', 'declaration'), name='score_line_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['adoption', 'duplicate', 'exempt', 'left_out'])), name='score_line_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('case_annual_central__isnull', True), ('case_annual_high__isnull', True), ('case_annual_low__isnull', True), ('case_component__isnull', True), ('case_cost__isnull', True), ('case_modelled__isnull', True), ('case_npv_central__isnull', True), ('case_npv_high__isnull', True), ('case_npv_low__isnull', True), ('case_shared_cost__isnull', True), ('case_start__isnull', True)), models.Q(('case_annual_central__isnull', False), ('case_annual_high__isnull', False), ('case_annual_low__isnull', False), ('case_component__isnull', False), ('case_cost__isnull', False), ('case_modelled__isnull', False), ('case_npv_central__isnull', False), ('case_npv_high__isnull', False), ('case_npv_low__isnull', False), ('case_shared_cost__isnull', False), ('case_start__isnull', False), ('kind', 'duplicate')), _connector='OR'), name='score_line_case_is_whole'), models.CheckConstraint(condition=models.Q(('evidence', ''), ('evidence__in', ('E0', 'E1', 'E2', 'E3')), _connector='OR'), name='score_line_evidence_is_known')],
            },
        ),
        migrations.CreateModel(
            name='EditionFunction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evolution', models.CharField(blank=True, max_length=20)),
                ('ref_cost_per_driver', models.FloatField(null=True)),
                ('ref_volume_per_driver', models.FloatField(null=True)),
                ('reason', models.CharField(blank=True, help_text='Blank: it counts.', max_length=40)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='functions', to='public_value.edition')),
                ('function', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.function')),
                ('peer_group', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.peergroup')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'peer_group', 'function'), name='edition_function_once')],
            },
        ),
        migrations.CreateModel(
            name='ScoreSaving',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(choices=[('declared', 'Declared cost and share'), ('modelled', 'Cost or share assumed')], max_length=20)),
                ('scenario', models.CharField(choices=[('low', 'Low'), ('central', 'Central'), ('high', 'High')], max_length=20)),
                ('annual', models.FloatField(help_text='Steady saving, £ a year.')),
                ('npv10', models.FloatField(help_text='Net present value over the horizon, £.')),
                ('score', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='savings', to='public_value.score')),
                ('contracted', models.FloatField(help_text='Part of `annual` whose move has begun, £ a year; null: kept before that was told apart.', null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('score', 'basis', 'scenario'), name='score_saving_once'), models.CheckConstraint(condition=models.Q(('basis__in', ['declared', 'modelled'])), name='score_saving_basis_is_known'), models.CheckConstraint(condition=models.Q(('scenario__in', ['low', 'central', 'high'])), name='score_saving_scenario_is_known'), models.CheckConstraint(condition=models.Q(('annual__gte', 0)), name='score_saving_annual_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='EditionBundle',
            fields=[
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='bundle', serialize=False, to='public_value.edition')),
                ('content', models.BinaryField(help_text='A zip.')),
                ('size', models.PositiveBigIntegerField(help_text='Bytes.')),
                ('sha256', models.CharField(max_length=64)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='edition_bundle_has_a_hash')],
            },
        ),
        migrations.CreateModel(
            name='EditionComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(help_text='Public, as it is written here.')),
                ('disputed', models.BooleanField(default=False, help_text='The body says that the figure is wrong.')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='public_value.edition')),
                ('function', models.ForeignKey(blank=True, help_text='Blank: the whole.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.function')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='edition_comment_says_something')],
            },
        ),
        migrations.CreateModel(
            name='EditionSnapshot',
            fields=[
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='snapshot', serialize=False, to='public_value.edition')),
                ('content', models.BinaryField(help_text="A zip of the pack's files.")),
                ('drafts', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='HeldChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.FloatField(help_text='The change, in points.')),
                ('note', models.TextField(blank=True, help_text='Public: why the change is right.')),
                ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held_changes', to='public_value.edition')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                ('previous', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='public_value.edition')),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['edition', 'organisation'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'organisation'), name='held_change_once'), models.CheckConstraint(condition=models.Q(models.Q(('note', ''), ('reviewed_at', None)), models.Q(('reviewed_at__isnull', False), models.Q(('note', ''), _negated=True)), _connector='OR'), name='held_change_reviewed_with_a_note'), models.CheckConstraint(condition=models.Q(('edition', models.F('previous')), _negated=True), name='held_change_between_two')],
            },
        ),
        migrations.CreateModel(
            name='DirtyOrganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('organisation', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registry.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='EditionComponent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shared', models.BooleanField()),
                ('independent_adopters', models.IntegerField()),
                ('openness', models.FloatField(help_text='Mean of its four openness flags, 0 to 1.')),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalogue.component')),
                ('edition', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='components', to='public_value.edition')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'component'), name='edition_component_once')],
            },
        ),
        migrations.CreateModel(
            name='Preview',
            fields=[
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='preview', serialize=False, to='public_value.edition')),
                ('ready_at', models.DateTimeField(null=True)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('basis', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='public_value.edition')),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='registry.job')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.Value(1), condition=models.Q(('ready_at', None)), name='preview_building_is_one'), models.UniqueConstraint(models.Value(1), condition=models.Q(('ready_at__isnull', False), ('replaced_at', None)), name='preview_current_is_one'), models.CheckConstraint(condition=models.Q(('replaced_at', None), ('ready_at__lte', models.F('replaced_at')), _connector='OR'), name='preview_times_in_order')],
            },
        ),
        migrations.CreateModel(
            name='PreviewChunk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('first', models.BigIntegerField()),
                ('last', models.BigIntegerField()),
                ('done_at', models.DateTimeField(null=True)),
                ('edition', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='chunks', to='public_value.edition')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'number'), name='preview_chunk_once'), models.CheckConstraint(condition=models.Q(('first__lte', models.F('last'))), name='preview_chunk_in_order')],
            },
        ),
        migrations.CreateModel(
            name='RanksDue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ranks_due', to='public_value.edition')),
                ('peer_group', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalogue.peergroup')),
            ],
            options={
                'verbose_name_plural': 'ranks due',
            },
        ),
        migrations.CreateModel(
            name='ScoreDraws',
            fields=[
                ('score', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='drawn', serialize=False, to='public_value.score')),
                ('points', models.BinaryField()),
            ],
            options={
                'verbose_name_plural': 'score draws',
            },
        ),
        migrations.CreateModel(
            name='EditionOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('price', models.FloatField(help_text='£ a transaction.', null=True)),
                ('fee', models.FloatField(help_text='£ a year for each adopter.', null=True)),
                ('openness', models.FloatField(help_text='Mean of its four flags, 0 to 1.')),
                ('component', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.component')),
                ('edition', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='public_value.edition')),
                ('function', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.function')),
                ('peer_group', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.peergroup')),
            ],
            options={
                'indexes': [models.Index(fields=['edition', 'component'], name='edition_offer_by_component')],
                'constraints': [models.UniqueConstraint(fields=('edition', 'peer_group', 'function', 'component'), name='edition_offer_once')],
            },
        ),
        migrations.CreateModel(
            name='ScoreTrend',
            fields=[
                ('score', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='trend', serialize=False, to='public_value.score')),
                ('catalogue', models.FloatField()),
                ('time', models.FloatField()),
                ('declared', models.FloatField()),
                ('p5', models.FloatField()),
                ('p95', models.FloatField()),
                ('higher', models.FloatField()),
                ('lower', models.FloatField()),
                ('previous', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='followed_by', to='public_value.score')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('higher__range', (0, 1)), ('lower__range', (0, 1))), name='score_trend_parts_of_draws')],
            },
        ),
        migrations.CreateModel(
            name='RealisedSaving',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evidence', models.CharField(choices=[('E0', 'Declared'), ('E1', 'Evidence published'), ('E2', 'Attested'), ('E3', 'Measured')], help_text='Of the weakest of the costs.', max_length=2)),
                ('before', models.FloatField(help_text='Stated cost of the systems that ended, £ a year.')),
                ('after', models.FloatField(help_text='Stated cost of the adoptions in their place, £ a year.')),
                ('since', models.DateField(help_text='Day of the change.')),
                ('function', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.function')),
                ('score', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='realised', to='public_value.score')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('score', 'function'), name='realised_saving_once'), models.CheckConstraint(condition=models.Q(('evidence__in', ('E1', 'E2', 'E3'))), name='realised_saving_evidence_is_enough'), models.CheckConstraint(condition=models.Q(('before__gte', 0)), name='realised_saving_before_not_negative'), models.CheckConstraint(condition=models.Q(('after__gte', 0)), name='realised_saving_after_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.TextField(help_text='Public: how the dispute was settled.')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dispute', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='settlement', to='public_value.editioncomment')),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='settlement_says_something')],
            },
        ),
        migrations.CreateModel(
            name='PreviewRefusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sentence', models.TextField()),
                ('since', models.DateTimeField(help_text='When it was first refused with this sentence.')),
                ('logged_at', models.DateTimeField(help_text='When the log was last told.')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='preview_refusal_is_one')],
            },
        ),
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
        pgtrigger.migrations.AddTrigger(
            model_name='benchmarkedition',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "public_value_benchmarkeditionevent" ("base_financial_year", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."base_financial_year", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'changed\', OLD."id"); RETURN NULL;', hash='122b830bcd5e27648a15784b855c595f9a9496b1', operation='UPDATE', pgid='pgtrigger_changed_update_e6456', table='public_value_benchmarkedition', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benchmarkedition',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "public_value_benchmarkeditionevent" ("base_financial_year", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."base_financial_year", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'deleted\', OLD."id"); RETURN NULL;', hash='ae945f474f44b98bbd7650bd8f5c7d18ad66ec9d', operation='DELETE', pgid='pgtrigger_deleted_delete_20eb4', table='public_value_benchmarkedition', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benchmark',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "public_value_benchmarkevent" ("function_id", "id", "observations", "peer_group_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provenance", "ref_cost_per_driver", "ref_volume_per_driver") VALUES (OLD."function_id", OLD."id", OLD."observations", OLD."peer_group_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."provenance", OLD."ref_cost_per_driver", OLD."ref_volume_per_driver"); RETURN NULL;', hash='06729da20e02f065e69bb347ed46eb0d77e8577e', operation='UPDATE', pgid='pgtrigger_changed_update_2db53', table='public_value_benchmark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benchmark',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "public_value_benchmarkevent" ("function_id", "id", "observations", "peer_group_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provenance", "ref_cost_per_driver", "ref_volume_per_driver") VALUES (OLD."function_id", OLD."id", OLD."observations", OLD."peer_group_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."provenance", OLD."ref_cost_per_driver", OLD."ref_volume_per_driver"); RETURN NULL;', hash='78c87173be4cbda1c78f13a13e82e4f39295c662', operation='DELETE', pgid='pgtrigger_deleted_delete_dc536', table='public_value_benchmark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deflator',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "public_value_deflatorevent" ("financial_year", "id", "index", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."financial_year", OLD."id", OLD."index", _pgh_attach_context(), NOW(), \'changed\', OLD."id"); RETURN NULL;', hash='669f4a55a183298b5345aac5fca6fbb4e5dcb975', operation='UPDATE', pgid='pgtrigger_changed_update_39c0a', table='public_value_deflator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deflator',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "public_value_deflatorevent" ("financial_year", "id", "index", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."financial_year", OLD."id", OLD."index", _pgh_attach_context(), NOW(), \'deleted\', OLD."id"); RETURN NULL;', hash='0fcdd7e13d2fc42c724b270ebcd34a6e8da28587', operation='DELETE', pgid='pgtrigger_deleted_delete_b8b88', table='public_value_deflator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='frontlinepost',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "public_value_frontlinepostevent" ("annual_cost", "financial_year", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "source") VALUES (OLD."annual_cost", OLD."financial_year", OLD."id", OLD."label", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."slug", OLD."source"); RETURN NULL;', hash='94a445272226c378fc4406aad7ff817673644f65', operation='UPDATE', pgid='pgtrigger_changed_update_2413b', table='public_value_frontlinepost', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='frontlinepost',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "public_value_frontlinepostevent" ("annual_cost", "financial_year", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "source") VALUES (OLD."annual_cost", OLD."financial_year", OLD."id", OLD."label", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."slug", OLD."source"); RETURN NULL;', hash='186621e7621867daf224ea8c838f7efa52fe0e78', operation='DELETE', pgid='pgtrigger_deleted_delete_4333e', table='public_value_frontlinepost', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='peergroupnorm',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "public_value_peergroupnormevent" ("adoption_mean_commodity", "adoption_mean_custom", "adoption_mean_product", "f_hi", "f_lo", "f_median_share", "id", "peer_group_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."adoption_mean_commodity", OLD."adoption_mean_custom", OLD."adoption_mean_product", OLD."f_hi", OLD."f_lo", OLD."f_median_share", OLD."id", OLD."peer_group_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id"); RETURN NULL;', hash='f202512bf7acbd2a3bf036840736f10f11dec1be', operation='UPDATE', pgid='pgtrigger_changed_update_671f7', table='public_value_peergroupnorm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='peergroupnorm',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "public_value_peergroupnormevent" ("adoption_mean_commodity", "adoption_mean_custom", "adoption_mean_product", "f_hi", "f_lo", "f_median_share", "id", "peer_group_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."adoption_mean_commodity", OLD."adoption_mean_custom", OLD."adoption_mean_product", OLD."f_hi", OLD."f_lo", OLD."f_median_share", OLD."id", OLD."peer_group_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id"); RETURN NULL;', hash='4d0f1839b1108b78d5d66b01672d103a02202461', operation='DELETE', pgid='pgtrigger_deleted_delete_48b55', table='public_value_peergroupnorm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='edition',
            trigger=pgtrigger.compiler.Trigger(name='edition_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF OLD.state NOT IN ('published', 'superseded') THEN RETURN COALESCE(NEW, OLD); END IF;\n    IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'superseded'\n       AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state' THEN RETURN NEW; END IF;\n    RAISE EXCEPTION 'The edition % is published, and what is published stays.', OLD.label\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'edition_stands';\n", hash='de13ed5a470760ee08e304c2307a95527e51755c', operation='UPDATE OR DELETE', pgid='pgtrigger_edition_stands_d9400', table='public_value_edition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='score',
            trigger=pgtrigger.compiler.Trigger(name='score_stands_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM new_rows changed  JOIN public_value_edition edition ON edition.id = changed.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_stands';\n    END IF;\n    RETURN NULL;\n", hash='bb7f9820d02cec9725ceef371486ac67012b3592', level='STATEMENT', operation='INSERT', pgid='pgtrigger_score_stands_insert_5c10e', referencing='REFERENCING NEW TABLE AS new_rows ', table='public_value_score', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='score',
            trigger=pgtrigger.compiler.Trigger(name='score_stands_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM (TABLE old_rows UNION ALL TABLE new_rows) changed  JOIN public_value_edition edition ON edition.id = changed.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_stands';\n    END IF;\n    RETURN NULL;\n", hash='b54ac7f899c9679aeb6791d7ac1c5f22f2ef0682', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_score_stands_update_3653c', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='public_value_score', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='score',
            trigger=pgtrigger.compiler.Trigger(name='score_stands_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM old_rows changed  JOIN public_value_edition edition ON edition.id = changed.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_stands';\n    END IF;\n    RETURN NULL;\n", hash='ecf3ac2d4538fc15e8cb5b84135375b8e5783850', level='STATEMENT', operation='DELETE', pgid='pgtrigger_score_stands_delete_50df7', referencing='REFERENCING OLD TABLE AS old_rows ', table='public_value_score', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoreline',
            trigger=pgtrigger.compiler.Trigger(name='score_line_stands_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM new_rows changed JOIN public_value_score score ON score.id = changed.score_id JOIN public_value_edition edition ON edition.id = score.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_line_stands';\n    END IF;\n    RETURN NULL;\n", hash='dde7ba471eb3a7279fe85c6fc1d78923f96cc23f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_score_line_stands_insert_22f9d', referencing='REFERENCING NEW TABLE AS new_rows ', table='public_value_scoreline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoreline',
            trigger=pgtrigger.compiler.Trigger(name='score_line_stands_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM (TABLE old_rows UNION ALL TABLE new_rows) changed JOIN public_value_score score ON score.id = changed.score_id JOIN public_value_edition edition ON edition.id = score.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_line_stands';\n    END IF;\n    RETURN NULL;\n", hash='a6e73ce47b1ee16efc0775dc7e0584dea27a9b10', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_score_line_stands_update_ea521', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='public_value_scoreline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoreline',
            trigger=pgtrigger.compiler.Trigger(name='score_line_stands_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM old_rows changed JOIN public_value_score score ON score.id = changed.score_id JOIN public_value_edition edition ON edition.id = score.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_line_stands';\n    END IF;\n    RETURN NULL;\n", hash='5fd7d91d7ff377c12321979e0efa6ec4a4500c0a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_score_line_stands_delete_8f6f8', referencing='REFERENCING OLD TABLE AS old_rows ', table='public_value_scoreline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionfunction',
            trigger=pgtrigger.compiler.Trigger(name='edition_function_stands_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM new_rows changed  JOIN public_value_edition edition ON edition.id = changed.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'edition_function_stands';\n    END IF;\n    RETURN NULL;\n", hash='8f20c783e5673d0e5311ade3de9104d238fd277b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_edition_function_stands_insert_a9759', referencing='REFERENCING NEW TABLE AS new_rows ', table='public_value_editionfunction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionfunction',
            trigger=pgtrigger.compiler.Trigger(name='edition_function_stands_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM (TABLE old_rows UNION ALL TABLE new_rows) changed  JOIN public_value_edition edition ON edition.id = changed.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'edition_function_stands';\n    END IF;\n    RETURN NULL;\n", hash='40c6ab926d4eda0a20acb6db47c4d7a0c2319fa8', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_edition_function_stands_update_54b8c', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='public_value_editionfunction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionfunction',
            trigger=pgtrigger.compiler.Trigger(name='edition_function_stands_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM old_rows changed  JOIN public_value_edition edition ON edition.id = changed.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'edition_function_stands';\n    END IF;\n    RETURN NULL;\n", hash='45261e54b0e72477d659d6921ac8293c3ea4fcb2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_edition_function_stands_delete_f26c7', referencing='REFERENCING OLD TABLE AS old_rows ', table='public_value_editionfunction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoresaving',
            trigger=pgtrigger.compiler.Trigger(name='score_saving_stands_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM new_rows changed JOIN public_value_score score ON score.id = changed.score_id JOIN public_value_edition edition ON edition.id = score.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_saving_stands';\n    END IF;\n    RETURN NULL;\n", hash='e7aa67b4aec4eae5a6945a66a67e74ddfccec0a3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_score_saving_stands_insert_7446c', referencing='REFERENCING NEW TABLE AS new_rows ', table='public_value_scoresaving', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoresaving',
            trigger=pgtrigger.compiler.Trigger(name='score_saving_stands_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM (TABLE old_rows UNION ALL TABLE new_rows) changed JOIN public_value_score score ON score.id = changed.score_id JOIN public_value_edition edition ON edition.id = score.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_saving_stands';\n    END IF;\n    RETURN NULL;\n", hash='8e5c120db2ff6ebfc72af7d744982eb846cc1c1c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_score_saving_stands_update_c786c', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='public_value_scoresaving', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoresaving',
            trigger=pgtrigger.compiler.Trigger(name='score_saving_stands_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM old_rows changed JOIN public_value_score score ON score.id = changed.score_id JOIN public_value_edition edition ON edition.id = score.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_saving_stands';\n    END IF;\n    RETURN NULL;\n", hash='0ac517c6b9964274fa6633b3bb88aaae54953782', level='STATEMENT', operation='DELETE', pgid='pgtrigger_score_saving_stands_delete_47f37', referencing='REFERENCING OLD TABLE AS old_rows ', table='public_value_scoresaving', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionbundle',
            trigger=pgtrigger.compiler.Trigger(name='edition_bundle_stands_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM new_rows changed  JOIN public_value_edition edition ON edition.id = changed.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'edition_bundle_stands';\n    END IF;\n    RETURN NULL;\n", hash='ea0a4c72a0caf8231bb3c343272d384681d92048', level='STATEMENT', operation='INSERT', pgid='pgtrigger_edition_bundle_stands_insert_434ca', referencing='REFERENCING NEW TABLE AS new_rows ', table='public_value_editionbundle', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionbundle',
            trigger=pgtrigger.compiler.Trigger(name='edition_bundle_stands_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM (TABLE old_rows UNION ALL TABLE new_rows) changed  JOIN public_value_edition edition ON edition.id = changed.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'edition_bundle_stands';\n    END IF;\n    RETURN NULL;\n", hash='0cefc96f555985e918d9284cc1199170c73f6914', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_edition_bundle_stands_update_82814', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='public_value_editionbundle', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionbundle',
            trigger=pgtrigger.compiler.Trigger(name='edition_bundle_stands_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM old_rows changed  JOIN public_value_edition edition ON edition.id = changed.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'edition_bundle_stands';\n    END IF;\n    RETURN NULL;\n", hash='db34cbcb7d3f6a5f3b9371fd697727c9caf2c0c1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_edition_bundle_stands_delete_70f5d', referencing='REFERENCING OLD TABLE AS old_rows ', table='public_value_editionbundle', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editioncomment',
            trigger=pgtrigger.compiler.Trigger(name='edition_comment_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0fec1c50aa0ac55144d70587b0f232b4fa863b1b', operation='UPDATE OR DELETE', pgid='pgtrigger_edition_comment_append_only_32b68', table='public_value_editioncomment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionsnapshot',
            trigger=pgtrigger.compiler.Trigger(name='edition_snapshot_stands_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM new_rows changed  JOIN public_value_edition edition ON edition.id = changed.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'edition_snapshot_stands';\n    END IF;\n    RETURN NULL;\n", hash='b89b511d9ab5a88f09e2d1dffad30617f401d160', level='STATEMENT', operation='INSERT', pgid='pgtrigger_edition_snapshot_stands_insert_6dbc7', referencing='REFERENCING NEW TABLE AS new_rows ', table='public_value_editionsnapshot', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionsnapshot',
            trigger=pgtrigger.compiler.Trigger(name='edition_snapshot_stands_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM (TABLE old_rows UNION ALL TABLE new_rows) changed  JOIN public_value_edition edition ON edition.id = changed.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'edition_snapshot_stands';\n    END IF;\n    RETURN NULL;\n", hash='dda84cbde30637c1dca816c616d1a5677f4f0c39', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_edition_snapshot_stands_update_165ad', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='public_value_editionsnapshot', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionsnapshot',
            trigger=pgtrigger.compiler.Trigger(name='edition_snapshot_stands_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM old_rows changed  JOIN public_value_edition edition ON edition.id = changed.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'edition_snapshot_stands';\n    END IF;\n    RETURN NULL;\n", hash='0664459c0a4659359586253eb19c1a3ca024a117', level='STATEMENT', operation='DELETE', pgid='pgtrigger_edition_snapshot_stands_delete_c4617', referencing='REFERENCING OLD TABLE AS old_rows ', table='public_value_editionsnapshot', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='heldchange',
            trigger=pgtrigger.compiler.Trigger(name='held_change_reviewed_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."reviewed_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='7e8261e3577cf011267862cd82f5ac7f2a556aee', operation='UPDATE', pgid='pgtrigger_held_change_reviewed_once_c518b', table='public_value_heldchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='heldchange',
            trigger=pgtrigger.compiler.Trigger(name='held_change_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e71655f1ff1004849f0db1c8ac23499ffff3f61b', operation='DELETE', pgid='pgtrigger_held_change_stays_ec86a', table='public_value_heldchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoredraws',
            trigger=pgtrigger.compiler.Trigger(name='score_draws_stands_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM new_rows changed JOIN public_value_score score ON score.id = changed.score_id JOIN public_value_edition edition ON edition.id = score.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_draws_stands';\n    END IF;\n    RETURN NULL;\n", hash='50106055ec5e2ea3d85706d824f55fd13833965f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_score_draws_stands_insert_22f69', referencing='REFERENCING NEW TABLE AS new_rows ', table='public_value_scoredraws', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoredraws',
            trigger=pgtrigger.compiler.Trigger(name='score_draws_stands_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM (TABLE old_rows UNION ALL TABLE new_rows) changed JOIN public_value_score score ON score.id = changed.score_id JOIN public_value_edition edition ON edition.id = score.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_draws_stands';\n    END IF;\n    RETURN NULL;\n", hash='2c245aee341ca4b103308add1fdbe6965c87c699', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_score_draws_stands_update_5740c', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='public_value_scoredraws', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoredraws',
            trigger=pgtrigger.compiler.Trigger(name='score_draws_stands_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM old_rows changed JOIN public_value_score score ON score.id = changed.score_id JOIN public_value_edition edition ON edition.id = score.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_draws_stands';\n    END IF;\n    RETURN NULL;\n", hash='be6a709c0b5c3eb2e5f218ca2af591801cd37627', level='STATEMENT', operation='DELETE', pgid='pgtrigger_score_draws_stands_delete_b69cd', referencing='REFERENCING OLD TABLE AS old_rows ', table='public_value_scoredraws', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionoffer',
            trigger=pgtrigger.compiler.Trigger(name='edition_offer_stands_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM new_rows changed  JOIN public_value_edition edition ON edition.id = changed.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'edition_offer_stands';\n    END IF;\n    RETURN NULL;\n", hash='57c1d767052411f7fd3ec7e2e39a98c8e27b05d3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_edition_offer_stands_insert_eec47', referencing='REFERENCING NEW TABLE AS new_rows ', table='public_value_editionoffer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionoffer',
            trigger=pgtrigger.compiler.Trigger(name='edition_offer_stands_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM (TABLE old_rows UNION ALL TABLE new_rows) changed  JOIN public_value_edition edition ON edition.id = changed.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'edition_offer_stands';\n    END IF;\n    RETURN NULL;\n", hash='0baccb600f7be11f08b3e5f531b3ae88a1ef6d71', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_edition_offer_stands_update_324f3', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='public_value_editionoffer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionoffer',
            trigger=pgtrigger.compiler.Trigger(name='edition_offer_stands_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM old_rows changed  JOIN public_value_edition edition ON edition.id = changed.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'edition_offer_stands';\n    END IF;\n    RETURN NULL;\n", hash='8e8ce56ba7b7f28e4c0e10aacfbcb63c806b0fdc', level='STATEMENT', operation='DELETE', pgid='pgtrigger_edition_offer_stands_delete_aa499', referencing='REFERENCING OLD TABLE AS old_rows ', table='public_value_editionoffer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoretrend',
            trigger=pgtrigger.compiler.Trigger(name='score_trend_stands_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM new_rows changed JOIN public_value_score score ON score.id = changed.score_id JOIN public_value_edition edition ON edition.id = score.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_trend_stands';\n    END IF;\n    RETURN NULL;\n", hash='88b99fa18b4a025f2aa2e7d20b6ee73a77afe597', level='STATEMENT', operation='INSERT', pgid='pgtrigger_score_trend_stands_insert_1de0c', referencing='REFERENCING NEW TABLE AS new_rows ', table='public_value_scoretrend', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoretrend',
            trigger=pgtrigger.compiler.Trigger(name='score_trend_stands_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM (TABLE old_rows UNION ALL TABLE new_rows) changed JOIN public_value_score score ON score.id = changed.score_id JOIN public_value_edition edition ON edition.id = score.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_trend_stands';\n    END IF;\n    RETURN NULL;\n", hash='5ab5ff3a04f11d9601dac83afb75f953d5f5100c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_score_trend_stands_update_da162', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='public_value_scoretrend', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoretrend',
            trigger=pgtrigger.compiler.Trigger(name='score_trend_stands_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM old_rows changed JOIN public_value_score score ON score.id = changed.score_id JOIN public_value_edition edition ON edition.id = score.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_trend_stands';\n    END IF;\n    RETURN NULL;\n", hash='0e79d3581705eec797f76552562600cb45ed19e8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_score_trend_stands_delete_512a6', referencing='REFERENCING OLD TABLE AS old_rows ', table='public_value_scoretrend', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='realisedsaving',
            trigger=pgtrigger.compiler.Trigger(name='realised_saving_stands_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM new_rows changed JOIN public_value_score score ON score.id = changed.score_id JOIN public_value_edition edition ON edition.id = score.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'realised_saving_stands';\n    END IF;\n    RETURN NULL;\n", hash='6b0b0f3ef79365c19fac64f59e68bcb61496e2ad', level='STATEMENT', operation='INSERT', pgid='pgtrigger_realised_saving_stands_insert_7bf3b', referencing='REFERENCING NEW TABLE AS new_rows ', table='public_value_realisedsaving', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='realisedsaving',
            trigger=pgtrigger.compiler.Trigger(name='realised_saving_stands_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM (TABLE old_rows UNION ALL TABLE new_rows) changed JOIN public_value_score score ON score.id = changed.score_id JOIN public_value_edition edition ON edition.id = score.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'realised_saving_stands';\n    END IF;\n    RETURN NULL;\n", hash='47690f883928533ffc62eb7ac9312ed216610415', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_realised_saving_stands_update_305cb', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='public_value_realisedsaving', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='realisedsaving',
            trigger=pgtrigger.compiler.Trigger(name='realised_saving_stands_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM old_rows changed JOIN public_value_score score ON score.id = changed.score_id JOIN public_value_edition edition ON edition.id = score.edition_id WHERE edition.state IN ('published', 'superseded')\n    ) THEN\n        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'realised_saving_stands';\n    END IF;\n    RETURN NULL;\n", hash='2cdec20fff4b7b3d011be38b3ab3d6a15124ced2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_realised_saving_stands_delete_10900', referencing='REFERENCING OLD TABLE AS old_rows ', table='public_value_realisedsaving', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='settlement',
            trigger=pgtrigger.compiler.Trigger(name='settlement_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='00b1a1238c30ac06f466b4b9dd90782ce890241c', operation='UPDATE OR DELETE', pgid='pgtrigger_settlement_append_only_0a453', table='public_value_settlement', when='BEFORE')),
        ),
        # Draws do not compress, and two rows of a thousand draws fit into a page.
        migrations.RunSQL(
            "ALTER TABLE public_value_scoredraws ALTER COLUMN points SET STORAGE EXTERNAL;"
            " ALTER TABLE public_value_scoredraws SET (toast_tuple_target = 4080)",
            migrations.RunSQL.noop,
        ),
        *(
            migrations.RunSQL(*statements(table, event, f"{table}_{event.lower()}", dirty(organisations)))
            for table, events, organisations in MARKS
            for event in events
        ),
        *(
            migrations.RunSQL(*statements(table, event, name, dirty_with_heirs(organisations), "RECURSIVE"))
            for table, event, name, organisations in MARKS_WITH_HEIRS
        ),
    ]
