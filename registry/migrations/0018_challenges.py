import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0005_catalogue_alive'),
        ('registry', '0017_reorganisation'),
    ]

    operations = [
        migrations.CreateModel(
            name='Challenge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=9, unique=True)),
                ('about', models.CharField(choices=[('declaration', 'A statement'), ('missing', 'Something missing'), ('component', 'A component’s description'), ('organisation', 'A body’s record'), ('payment', 'A payment')], max_length=20)),
                ('system', models.CharField(blank=True, max_length=300)),
                ('thing', models.CharField(editable=False, help_text='The hash of what it is about, also where that is gone since.', max_length=64)),
                ('said', models.TextField(blank=True, help_text='What the record said when it was challenged.')),
                ('claim', models.TextField()),
                ('claim_digest', models.CharField(editable=False, help_text='Of the claim without its spelling.', max_length=64)),
                ('evidence_url', models.TextField(blank=True)),
                ('raised_on', models.DateField()),
                ('state', models.CharField(choices=[('open', 'To be answered'), ('asked', 'Asked for more'), ('escalated', 'With moderators'), ('answered', 'Answered'), ('decided', 'Decided'), ('withdrawn', 'Withdrawn')], default='open', max_length=10)),
                ('outcome', models.CharField(blank=True, choices=[('changed', 'The record was changed'), ('upheld', 'The moderators found it right'), ('kept', 'The record was kept')], max_length=10)),
                ('due_on', models.DateField(help_text='The last day for whoever’s turn it is; of a record that was kept, to ask the moderators.', null=True)),
                ('ended_on', models.DateField(null=True)),
                ('component', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='catalogue.component')),
                ('declaration', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='registry.declaration')),
                ('function', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='catalogue.function')),
                ('organisation', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='registry.organisation')),
                ('payment', models.ForeignKey(help_text='Blank: it is gone.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='challenges', to='registry.payment')),
            ],
            options={
                'ordering': ['-raised_on', '-id'],
            },
        ),
        migrations.AlterField(
            model_name='event',
            name='act',
            field=models.CharField(choices=[('load_pack', 'Loaded from a pack'), ('edit', 'Edited by an operator'), ('compute_edition', 'Computed an edition of the index'), ('open_reply', 'Opened the right of reply to an edition'), ('comment_on_edition', 'Commented on an edition'), ('settle_dispute', 'Settled a dispute'), ('publish_edition', 'Published an edition'), ('correct_edition', 'Computed a correction of an edition'), ('review_change', 'Reviewed a large change of a score'), ('issue_token', 'Issued a token'), ('revoke_token', 'Revoked a token'), ('save_assembly', 'Saved an assembly'), ('change_assembly', 'Changed an assembly'), ('fork_assembly', 'Took over an assembly'), ('withdraw_assembly', 'Withdrew an assembly'), ('plan_assembly', 'Planned to use an assembly'), ('undo_plan', 'Took back a plan'), ('describe_component', 'Described a component'), ('add_source', 'Named a source to harvest'), ('change_source', 'Changed a source'), ('stop_source', 'Stopped reading a source'), ('harvest', 'Harvested from a source'), ('choose_difference', 'Chose between a source and what is here'), ('create_software', 'Added software to the Open Catalog'), ('update_software', 'Changed software in the Open Catalog'), ('analyse_software', 'Wrote the analysis of software'), ('delete_software', 'Withdrew software from the Open Catalog'), ('create_publisher', 'Added a publisher to the Open Catalog'), ('update_publisher', 'Changed a publisher in the Open Catalog'), ('delete_publisher', 'Withdrew a publisher from the Open Catalog'), ('create_catalog', 'Added a catalogue to the Open Catalog'), ('update_catalog', 'Changed a catalogue in the Open Catalog'), ('analyse_catalog', 'Wrote the analysis of a catalogue'), ('delete_catalog', 'Removed a catalogue from the Open Catalog'), ('create_webhook', 'Added a webhook'), ('update_webhook', 'Changed a webhook'), ('delete_webhook', 'Removed a webhook'), ('write_review', 'Wrote a review'), ('withdraw_review', 'Withdrew a review'), ('deprecate_component', 'Deprecated a component'), ('ask_for_alert', 'Asked for letters about a search'), ('confirm_alert', 'Confirmed letters about a search'), ('stop_alert', 'Stopped letters about a search'), ('reinstate_component', 'Took a deprecation back'), ('merge_components', 'Merged two components'), ('dismiss_pair', 'Said that two components are not one'), ('ask_for_role', 'Asked for a role'), ('grant_role', 'Granted a role'), ('refuse_role', 'Refused a role'), ('end_role', 'Ended a role'), ('declare', 'Declared'), ('confirm', 'Confirmed what stands'), ('undo', 'Took an act back'), ('disclose', 'Showed what was kept back until a day'), ('save_draft', 'Saved a draft'), ('drop_draft', 'Dropped a draft'), ('reject_hint', 'Said that something is not in use'), ('check_evidence', 'Looked whether an evidence link answers'), ('sign_up', 'Made an account'), ('sign_in', 'Signed in'), ('sign_out', 'Signed out'), ('end_sessions', 'Ended sessions'), ('add_factor', 'Added a second factor'), ('remove_factor', 'Removed a second factor'), ('renew_recovery_codes', 'Made new recovery codes'), ('change_name', 'Changed their name'), ('change_address', 'Changed the address they sign in with'), ('plan_reorganisation', 'Planned a reorganisation'), ('change_reorganisation', 'Changed a planned reorganisation'), ('second_reorganisation', 'Seconded a reorganisation'), ('cancel_reorganisation', 'Cancelled a reorganisation'), ('carry_out_reorganisation', 'Carried out a reorganisation'), ('raise_challenge', 'Challenged what is recorded'), ('ask_challenger', 'Asked for more about a challenge'), ('reply_as_challenger', 'Said more about their challenge'), ('agree_to_challenge', 'Agreed to a challenge'), ('keep_record', 'Kept what was challenged'), ('escalate_challenge', 'Passed a challenge to the moderators'), ('decide_challenge', 'Decided a challenge'), ('withdraw_challenge', 'Withdrew a challenge'), ('forget_challenger', 'Had the address behind a challenge forgotten')], max_length=40),
        ),
        migrations.CreateModel(
            name='Challenger',
            fields=[
                ('challenge', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='challenger', serialize=False, to='registry.challenge')),
                ('email', models.CharField(max_length=254, validators=[django.core.validators.EmailValidator()])),
            ],
        ),
        migrations.AddField(
            model_name='challenge',
            name='recorded_in',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event'),
        ),
        migrations.CreateModel(
            name='ChallengeArrival',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('caller', models.CharField(blank=True, max_length=64)),
                ('nonce', models.CharField(max_length=32, null=True, unique=True)),
                ('thing', models.CharField(max_length=64)),
                ('challenge', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry.challenge')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='ChallengeStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('raised', 'Challenged'), ('asked', 'Asked for more'), ('replied', 'Said more'), ('changed', 'Agreed and changed'), ('kept', 'Kept as it is'), ('escalated', 'Passed to the moderators'), ('overdue', 'Passed to the moderators, because nobody answered in time'), ('upheld', 'Found to be right'), ('left', 'Left as it is'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('state', models.CharField(choices=[('open', 'To be answered'), ('asked', 'Asked for more'), ('escalated', 'With moderators'), ('answered', 'Answered'), ('decided', 'Decided'), ('withdrawn', 'Withdrawn')], help_text='What the challenge is from then on.', max_length=10)),
                ('text', models.TextField(blank=True)),
                ('evidence_url', models.TextField(blank=True)),
                ('challenge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='registry.challenge')),
                ('changed_in', models.ForeignKey(db_index=False, help_text='The act that changed the record.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event')),
                ('declaration', models.ForeignKey(db_index=False, help_text='What is said instead.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.declaration')),
                ('organisation', models.ForeignKey(db_index=False, help_text='The body that spoke.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                ('recorded_in', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddIndex(
            model_name='challenge',
            index=models.Index(models.F('raised_on'), models.F('id'), name='challenge_by_day'),
        ),
        migrations.AddIndex(
            model_name='challenge',
            index=models.Index(models.F('organisation'), models.F('raised_on'), name='challenge_by_organisation'),
        ),
        migrations.AddIndex(
            model_name='challenge',
            index=models.Index(models.F('function'), name='challenge_by_function'),
        ),
        migrations.AddIndex(
            model_name='challenge',
            index=models.Index(models.F('organisation'), models.F('function'), condition=models.Q(('state__in', ('open', 'asked', 'escalated'))), name='challenge_standing_of_body'),
        ),
        migrations.AddIndex(
            model_name='challenge',
            index=models.Index(models.F('component'), condition=models.Q(('state__in', ('open', 'asked', 'escalated'))), name='challenge_standing_of_part'),
        ),
        migrations.AddIndex(
            model_name='challenge',
            index=models.Index(models.F('payment'), condition=models.Q(('state__in', ('open', 'asked', 'escalated'))), name='challenge_standing_of_payment'),
        ),
        migrations.AddIndex(
            model_name='challenge',
            index=models.Index(models.F('due_on'), condition=models.Q(('state__in', ('open', 'asked', 'escalated'))), name='challenge_due'),
        ),
        migrations.AddConstraint(
            model_name='challenge',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('open', 'asked', 'escalated'))), fields=('thing', 'claim_digest'), name='challenge_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='challenge',
            constraint=models.CheckConstraint(condition=models.Q(('reference__regex', '^[34679CDFGHJKMNPQRTVWXY]{4}-[34679CDFGHJKMNPQRTVWXY]{4}$')), name='challenge_reference_can_be_said'),
        ),
        migrations.AddConstraint(
            model_name='challenge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about', 'declaration'), ('declaration__isnull', False), ('function__isnull', False), ('organisation__isnull', False)), models.Q(('about', 'missing'), ('component', None), ('function__isnull', False), ('organisation__isnull', False), ('declaration', None), ('system', '')), models.Q(('about', 'component'), ('component__isnull', False), ('function', None), ('organisation', None), ('declaration', None), ('system', '')), models.Q(('about__in', ['organisation', 'payment']), ('component', None), ('function', None), ('organisation__isnull', False), ('declaration', None), ('system', '')), _connector='OR'), name='challenge_fits_what_it_is_about'),
        ),
        migrations.AddConstraint(
            model_name='challenge',
            constraint=models.CheckConstraint(condition=models.Q(('claim', ''), _negated=True), name='challenge_claims_something'),
        ),
        migrations.AddConstraint(
            model_name='challenge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['changed', 'kept']), ('state', 'answered')), models.Q(('outcome__in', ['upheld', 'kept']), ('state', 'decided')), models.Q(('outcome', ''), ('state__in', ['open', 'asked', 'escalated', 'withdrawn'])), _connector='OR'), name='challenge_outcome_fits_its_state'),
        ),
        migrations.AddConstraint(
            model_name='challenge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('state__in', ('open', 'asked', 'escalated'))), ('due_on__isnull', False), ('ended_on', None)), models.Q(models.Q(('state__in', ('open', 'asked', 'escalated')), _negated=True), ('ended_on__isnull', False)), _connector='OR'), name='challenge_ends_when_it_is_settled'),
        ),
        migrations.AddConstraint(
            model_name='challenge',
            constraint=models.CheckConstraint(condition=models.Q(('about__in', ['declaration', 'missing', 'component', 'organisation', 'payment'])), name='challenge_about_is_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='challenge',
            trigger=pgtrigger.compiler.Trigger(name='challenge_state_is_of_its_last_step', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF (SELECT state FROM registry_challenge WHERE id = NEW.id) IS DISTINCT FROM\n       (SELECT state FROM registry_challengestep WHERE challenge_id = NEW.id ORDER BY id DESC LIMIT 1) THEN\n        RAISE EXCEPTION 'The state of a challenge is what its last step says.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'challenge_state_is_of_its_last_step';\n    END IF;\n    RETURN NULL;\n", hash='d4e80fc5cd43439bdcdfc3de5482f1a96515a091', operation='INSERT OR UPDATE', pgid='pgtrigger_challenge_state_is_of_its_last_step_30db1', table='registry_challenge', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='challenge',
            trigger=pgtrigger.compiler.Trigger(name='challenge_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='09dfcd3f6974d00c9020d52336ae77fd5d23c4d3', operation='DELETE', pgid='pgtrigger_challenge_stays_cc77f', table='registry_challenge', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='challenge',
            trigger=pgtrigger.compiler.Trigger(name='challenge_claim_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."about" IS DISTINCT FROM (NEW."about") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."function_id" IS DISTINCT FROM (NEW."function_id") OR OLD."system" IS DISTINCT FROM (NEW."system") OR OLD."declaration_id" IS DISTINCT FROM (NEW."declaration_id") OR OLD."thing" IS DISTINCT FROM (NEW."thing") OR OLD."said" IS DISTINCT FROM (NEW."said") OR OLD."claim" IS DISTINCT FROM (NEW."claim") OR OLD."claim_digest" IS DISTINCT FROM (NEW."claim_digest") OR OLD."evidence_url" IS DISTINCT FROM (NEW."evidence_url") OR OLD."raised_on" IS DISTINCT FROM (NEW."raised_on") OR OLD."recorded_in_id" IS DISTINCT FROM (NEW."recorded_in_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='86903a2e0891015342baf6334ad0fc76f1a8f70e', operation='UPDATE', pgid='pgtrigger_challenge_claim_never_changes_6e631', table='registry_challenge', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='challengearrival',
            index=models.Index(models.F('at'), name='challenge_arrival_by_time'),
        ),
        migrations.AddIndex(
            model_name='challengearrival',
            index=models.Index(models.F('caller'), models.F('at'), name='challenge_arrival_by_caller'),
        ),
        migrations.AddIndex(
            model_name='challengearrival',
            index=models.Index(models.F('thing'), models.F('at'), name='challenge_arrival_by_thing'),
        ),
        migrations.AddConstraint(
            model_name='challengestep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'raised'), ('state', 'open')), models.Q(('kind', 'asked'), ('state', 'asked')), models.Q(('kind', 'replied'), ('state', 'open')), models.Q(('kind', 'changed'), ('state', 'answered')), models.Q(('kind', 'kept'), ('state', 'answered')), models.Q(('kind', 'escalated'), ('state', 'escalated')), models.Q(('kind', 'overdue'), ('state', 'escalated')), models.Q(('kind', 'upheld'), ('state', 'decided')), models.Q(('kind', 'left'), ('state', 'decided')), models.Q(('kind', 'withdrawn'), ('state', 'withdrawn')), _connector='OR'), name='challenge_step_leads_where_it_says'),
        ),
        migrations.AddConstraint(
            model_name='challengestep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('kind__in', ('asked', 'replied', 'changed', 'kept', 'upheld', 'left')), _negated=True), _connector='OR'), name='challenge_step_says_why'),
        ),
        migrations.AddConstraint(
            model_name='challengestep',
            constraint=models.UniqueConstraint(models.F('challenge'), condition=models.Q(('kind', 'raised')), name='challenge_raised_once'),
        ),
        migrations.AddConstraint(
            model_name='challengestep',
            constraint=models.UniqueConstraint(models.F('challenge'), condition=models.Q(('kind', 'escalated')), name='challenge_escalated_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='challengestep',
            trigger=pgtrigger.compiler.Trigger(name='challenge_step_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='144c6ccc7c6a899b69d26b42852d48ebff820da3', operation='UPDATE OR DELETE', pgid='pgtrigger_challenge_step_append_only_c78ea', table='registry_challengestep', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='challengestep',
            trigger=pgtrigger.compiler.Trigger(name='challenge_state_is_of_its_last_step_too', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF (SELECT state FROM registry_challenge WHERE id = NEW.challenge_id) IS DISTINCT FROM\n       (SELECT state FROM registry_challengestep WHERE challenge_id = NEW.challenge_id ORDER BY id DESC LIMIT 1) THEN\n        RAISE EXCEPTION 'The state of a challenge is what its last step says.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'challenge_state_is_of_its_last_step';\n    END IF;\n    RETURN NULL;\n", hash='55656c032354ac2adccdd9188879ea99bfff30a7', operation='INSERT OR UPDATE', pgid='pgtrigger_challenge_state_is_of_its_last_step_too_ee66a', table='registry_challengestep', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
