import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0005_catalogue_alive'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('registry', '0019_imports'),
    ]

    operations = [
        migrations.CreateModel(
            name='BodyRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300)),
                ('homepage', models.TextField(blank=True)),
                ('identifier', models.CharField(blank=True, help_text='scheme:code', max_length=261)),
                ('why', models.TextField(blank=True, help_text='What who asks says of the body, and of themselves.')),
                ('domain', models.CharField(max_length=253)),
                ('returned', models.TextField(blank=True, help_text='Why it was not added.')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Lease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('body', 'New body'), ('owner', 'First owner of a body'), ('component', 'New component'), ('pair', 'Components that may be one'), ('merge', 'Merge that needs a second'), ('challenge', 'Challenge'), ('withdrawal', 'Withdrawal of a component'), ('exemption', 'Exemption with a panel'), ('reorganisation', 'Reorganisation that needs a second'), ('edition', 'Edition that needs a second')], max_length=20)),
                ('key', models.CharField(max_length=130)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
            ],
            options={
                'ordering': ['since'],
            },
        ),
        migrations.CreateModel(
            name='Exemption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('system', models.CharField(help_text="As the body's statement names it to everybody.", max_length=300)),
                ('reason', models.CharField(choices=[('law', 'Law'), ('safety', 'Safety'), ('accessibility', 'Accessibility'), ('security', 'Security'), ('uneconomic', 'Uneconomic')], max_length=20)),
                ('text', models.TextField()),
                ('evidence_url', models.TextField()),
                ('until', models.DateField()),
                ('outcome', models.CharField(blank=True, choices=[('granted', 'Granted'), ('refused', 'Refused'), ('withdrawn', 'Taken back')], max_length=10)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ExemptionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('system', models.CharField(help_text="As the body's statement names it to everybody.", max_length=300)),
                ('reason', models.CharField(choices=[('law', 'Law'), ('safety', 'Safety'), ('accessibility', 'Accessibility'), ('security', 'Security'), ('uneconomic', 'Uneconomic')], max_length=20)),
                ('text', models.TextField()),
                ('evidence_url', models.TextField()),
                ('until', models.DateField()),
                ('outcome', models.CharField(blank=True, choices=[('granted', 'Granted'), ('refused', 'Refused'), ('withdrawn', 'Taken back')], max_length=10)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('seen', 'Seen'), ('returned', 'Returned')], max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('said', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PanelSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('group', models.CharField(max_length=120)),
                ('as_steward', models.BooleanField(help_text='It looks after a component for the function.')),
                ('grants', models.BooleanField(blank=True, help_text='Blank: has not voted yet.', null=True)),
                ('reason', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='PanelSeatEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField()),
                ('group', models.CharField(max_length=120)),
                ('as_steward', models.BooleanField(help_text='It looks after a component for the function.')),
                ('grants', models.BooleanField(blank=True, help_text='Blank: has not voted yet.', null=True)),
                ('reason', models.TextField(blank=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SeenThrough',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='UnwantedLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('letter', 'Letter'), ('sign_in', 'Sign-in code'), ('confirm', 'Confirm your records'), ('challenge', 'Challenge received or answered'), ('job', 'Job finished'), ('adopted', 'Somebody adopted your component')], max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('returned', models.TextField(blank=True, help_text='Why it was not withdrawn.')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='pair',
            name='kept',
            field=models.ForeignKey(blank=True, db_index=False, help_text="Which of the two somebody proposes to keep: the merge waits for another person's agreement.", null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalogue.component'),
        ),
        migrations.AddField(
            model_name='pair',
            name='proposed_in',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event'),
        ),
        migrations.AlterField(
            model_name='event',
            name='act',
            field=models.CharField(choices=[('load_pack', 'Loaded from a pack'), ('edit', 'Edited by an operator'), ('compute_edition', 'Computed an edition of the index'), ('open_reply', 'Opened the right of reply to an edition'), ('comment_on_edition', 'Commented on an edition'), ('settle_dispute', 'Settled a dispute'), ('publish_edition', 'Published an edition'), ('correct_edition', 'Computed a correction of an edition'), ('review_change', 'Reviewed a large change of a score'), ('issue_token', 'Issued a token'), ('revoke_token', 'Revoked a token'), ('save_assembly', 'Saved an assembly'), ('change_assembly', 'Changed an assembly'), ('fork_assembly', 'Took over an assembly'), ('withdraw_assembly', 'Withdrew an assembly'), ('plan_assembly', 'Planned to use an assembly'), ('undo_plan', 'Took back a plan'), ('describe_component', 'Described a component'), ('add_source', 'Named a source to harvest'), ('change_source', 'Changed a source'), ('stop_source', 'Stopped reading a source'), ('harvest', 'Harvested from a source'), ('choose_difference', 'Chose between a source and what is here'), ('create_software', 'Added software to the Open Catalog'), ('update_software', 'Changed software in the Open Catalog'), ('analyse_software', 'Wrote the analysis of software'), ('delete_software', 'Withdrew software from the Open Catalog'), ('create_publisher', 'Added a publisher to the Open Catalog'), ('update_publisher', 'Changed a publisher in the Open Catalog'), ('delete_publisher', 'Withdrew a publisher from the Open Catalog'), ('create_catalog', 'Added a catalogue to the Open Catalog'), ('update_catalog', 'Changed a catalogue in the Open Catalog'), ('analyse_catalog', 'Wrote the analysis of a catalogue'), ('delete_catalog', 'Removed a catalogue from the Open Catalog'), ('create_webhook', 'Added a webhook'), ('update_webhook', 'Changed a webhook'), ('delete_webhook', 'Removed a webhook'), ('write_review', 'Wrote a review'), ('withdraw_review', 'Withdrew a review'), ('deprecate_component', 'Deprecated a component'), ('ask_for_alert', 'Asked for letters about a search'), ('confirm_alert', 'Confirmed letters about a search'), ('stop_alert', 'Stopped letters about a search'), ('reinstate_component', 'Took a deprecation back'), ('merge_components', 'Merged two components'), ('dismiss_pair', 'Said that two components are not one'), ('ask_for_role', 'Asked for a role'), ('grant_role', 'Granted a role'), ('refuse_role', 'Refused a role'), ('end_role', 'Ended a role'), ('declare', 'Declared'), ('confirm', 'Confirmed what stands'), ('undo', 'Took an act back'), ('disclose', 'Showed what was kept back until a day'), ('save_draft', 'Saved a draft'), ('drop_draft', 'Dropped a draft'), ('reject_hint', 'Said that something is not in use'), ('check_evidence', 'Looked whether an evidence link answers'), ('sign_up', 'Made an account'), ('sign_in', 'Signed in'), ('sign_out', 'Signed out'), ('end_sessions', 'Ended sessions'), ('add_factor', 'Added a second factor'), ('remove_factor', 'Removed a second factor'), ('renew_recovery_codes', 'Made new recovery codes'), ('change_name', 'Changed their name'), ('change_address', 'Changed the address they sign in with'), ('plan_reorganisation', 'Planned a reorganisation'), ('change_reorganisation', 'Changed a planned reorganisation'), ('second_reorganisation', 'Seconded a reorganisation'), ('cancel_reorganisation', 'Cancelled a reorganisation'), ('carry_out_reorganisation', 'Carried out a reorganisation'), ('raise_challenge', 'Challenged what is recorded'), ('ask_challenger', 'Asked for more about a challenge'), ('reply_as_challenger', 'Said more about their challenge'), ('agree_to_challenge', 'Agreed to a challenge'), ('keep_record', 'Kept what was challenged'), ('escalate_challenge', 'Passed a challenge to the moderators'), ('decide_challenge', 'Decided a challenge'), ('withdraw_challenge', 'Withdrew a challenge'), ('forget_challenger', 'Had the address behind a challenge forgotten'), ('take_over_item', 'Took over what somebody was looking at'), ('propose_pair', 'Said that two components may be one'), ('propose_merge', 'Proposed to merge two components'), ('drop_merge', 'Took a proposed merge back'), ('ask_to_publish', 'Asked for a second to publish an edition'), ('ask_for_body', 'Asked for a body to be added'), ('add_body', 'Added a body'), ('return_body', 'Returned a body that was asked for'), ('see_component', 'Looked at a new component'), ('see_components', 'Looked through the new components of a body'), ('return_component', 'Returned a component'), ('ask_to_withdraw', 'Asked for a component to be withdrawn'), ('withdraw_component', 'Withdrew a component'), ('keep_component', 'Returned a withdrawal'), ('ask_for_exemption', 'Asked for an exemption'), ('take_seat', 'Took a seat on a panel'), ('leave_seat', 'Left a seat on a panel'), ('vote_on_exemption', 'Voted on an exemption'), ('take_back_exemption', 'Took back what was asked for'), ('choose_letters', 'Chose which letters they get')], max_length=40),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kept', None), ('proposed_in', None)), models.Q(models.Q(('kept', models.F('first')), ('kept', models.F('second')), _connector='OR'), ('proposed_in__isnull', False)), _connector='OR'), name='pair_proposal_keeps_one_of_them'),
        ),
        migrations.AddField(
            model_name='bodyrequest',
            name='asked_in',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='body_request', to='registry.event'),
        ),
        migrations.AddField(
            model_name='bodyrequest',
            name='decided_in',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event'),
        ),
        migrations.AddField(
            model_name='bodyrequest',
            name='organisation',
            field=models.ForeignKey(blank=True, help_text='What was made.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation'),
        ),
        migrations.AddField(
            model_name='bodyrequest',
            name='peer_group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.peergroup'),
        ),
        migrations.AddField(
            model_name='lease',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leases', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='exemption',
            name='asked_in',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event'),
        ),
        migrations.AddField(
            model_name='exemption',
            name='decided_in',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event'),
        ),
        migrations.AddField(
            model_name='exemption',
            name='function',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exemptions', to='catalogue.function'),
        ),
        migrations.AddField(
            model_name='exemption',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exemptions', to='registry.organisation'),
        ),
        migrations.AddField(
            model_name='exemption',
            name='renews',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewals', to='registry.exemption'),
        ),
        migrations.AddField(
            model_name='exemptionevent',
            name='asked_in',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.event'),
        ),
        migrations.AddField(
            model_name='exemptionevent',
            name='decided_in',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.event'),
        ),
        migrations.AddField(
            model_name='exemptionevent',
            name='function',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.function'),
        ),
        migrations.AddField(
            model_name='exemptionevent',
            name='organisation',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.organisation'),
        ),
        migrations.AddField(
            model_name='exemptionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='exemptionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.exemption'),
        ),
        migrations.AddField(
            model_name='exemptionevent',
            name='renews',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.exemption'),
        ),
        migrations.AddField(
            model_name='look',
            name='component',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='looks', to='catalogue.component'),
        ),
        migrations.AddField(
            model_name='look',
            name='looked_in',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event'),
        ),
        migrations.AddField(
            model_name='look',
            name='superseded_in',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event'),
        ),
        migrations.AddField(
            model_name='panelseat',
            name='exemption',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='registry.exemption'),
        ),
        migrations.AddField(
            model_name='panelseat',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation'),
        ),
        migrations.AddField(
            model_name='panelseat',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='panelseat',
            name='taken_in',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event'),
        ),
        migrations.AddField(
            model_name='panelseat',
            name='voted_in',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event'),
        ),
        migrations.AddField(
            model_name='panelseatevent',
            name='exemption',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.exemption'),
        ),
        migrations.AddField(
            model_name='panelseatevent',
            name='organisation',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.organisation'),
        ),
        migrations.AddField(
            model_name='panelseatevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='panelseatevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='panelseatevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.panelseat'),
        ),
        migrations.AddField(
            model_name='panelseatevent',
            name='taken_in',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.event'),
        ),
        migrations.AddField(
            model_name='panelseatevent',
            name='voted_in',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.event'),
        ),
        migrations.AddField(
            model_name='seenthrough',
            name='looked_in',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event'),
        ),
        migrations.AddField(
            model_name='seenthrough',
            name='organisation',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='seen_through', to='registry.organisation'),
        ),
        migrations.AddField(
            model_name='unwantedletter',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unwanted_letters', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='withdrawal',
            name='asked_in',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event'),
        ),
        migrations.AddField(
            model_name='withdrawal',
            name='component',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawals', to='catalogue.component'),
        ),
        migrations.AddField(
            model_name='withdrawal',
            name='decided_in',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.event'),
        ),
        migrations.AddField(
            model_name='withdrawal',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation'),
        ),
        migrations.AddField(
            model_name='withdrawal',
            name='successor',
            field=models.ForeignKey(blank=True, help_text='What to take instead.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.component'),
        ),
        migrations.AddConstraint(
            model_name='bodyrequest',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('name'), condition=models.Q(('decided_in', None)), name='body_request_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='bodyrequest',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='body_request_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='bodyrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_in', None), ('organisation', None), ('returned', '')), models.Q(('decided_in__isnull', False), ('organisation__isnull', False), ('returned', '')), models.Q(('decided_in__isnull', False), ('organisation', None), models.Q(('returned', ''), _negated=True)), _connector='OR'), name='body_request_added_or_returned'),
        ),
        migrations.AddConstraint(
            model_name='lease',
            constraint=models.UniqueConstraint(fields=('kind', 'key'), name='lease_one_of_an_item'),
        ),
        migrations.AddConstraint(
            model_name='lease',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['body', 'owner', 'component', 'pair', 'merge', 'challenge', 'withdrawal', 'exemption', 'reorganisation', 'edition'])), name='lease_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='lease',
            constraint=models.CheckConstraint(condition=models.Q(('since__lt', models.F('until'))), name='lease_times_in_order'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('organisation', 'function', 'system'), name='exemption_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['law', 'safety', 'accessibility', 'security', 'uneconomic'])), name='exemption_reason_is_known'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['granted', 'refused', 'withdrawn', ''])), name='exemption_outcome_is_known'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_in', None), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('decided_in__isnull', False)), _connector='OR'), name='exemption_decided_in_an_act'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('system', ''), _negated=True), models.Q(('text', ''), _negated=True), models.Q(('evidence_url', ''), _negated=True)), name='exemption_says_what_and_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exemption',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_exemptionevent" ("asked_in_id", "decided_in_id", "evidence_url", "function_id", "id", "organisation_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "renews_id", "system", "text", "until") VALUES (OLD."asked_in_id", OLD."decided_in_id", OLD."evidence_url", OLD."function_id", OLD."id", OLD."organisation_id", OLD."outcome", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."reason", OLD."renews_id", OLD."system", OLD."text", OLD."until"); RETURN NULL;', hash='e6d48e2c9c00b9458920135a1217991a90584134', operation='UPDATE', pgid='pgtrigger_changed_update_5c1e2', table='registry_exemption', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exemption',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_exemptionevent" ("asked_in_id", "decided_in_id", "evidence_url", "function_id", "id", "organisation_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "renews_id", "system", "text", "until") VALUES (OLD."asked_in_id", OLD."decided_in_id", OLD."evidence_url", OLD."function_id", OLD."id", OLD."organisation_id", OLD."outcome", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."reason", OLD."renews_id", OLD."system", OLD."text", OLD."until"); RETURN NULL;', hash='8e5da2868c7471bf32d2d14e0c2a6c7c80ba0689', operation='DELETE', pgid='pgtrigger_deleted_delete_3f844', table='registry_exemption', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_in', None)), fields=('component',), name='look_current_once'),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['seen', 'returned'])), name='look_outcome_is_known'),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'seen'), ('reason', '')), models.Q(('outcome', 'returned'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='look_returned_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='panelseat',
            constraint=models.UniqueConstraint(fields=('exemption', 'number'), name='panel_seat_taken_once'),
        ),
        migrations.AddConstraint(
            model_name='panelseat',
            constraint=models.UniqueConstraint(fields=('exemption', 'person'), name='panel_seat_one_a_person'),
        ),
        migrations.AddConstraint(
            model_name='panelseat',
            constraint=models.UniqueConstraint(fields=('exemption', 'group'), name='panel_seat_one_a_group'),
        ),
        migrations.AddConstraint(
            model_name='panelseat',
            constraint=models.CheckConstraint(condition=models.Q(('number__range', (1, 3))), name='panel_seat_is_one_of_three'),
        ),
        migrations.AddConstraint(
            model_name='panelseat',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('grants', None), ('reason', ''), ('voted_in', None)), models.Q(('grants__isnull', False), ('voted_in__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='panel_seat_votes_with_a_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='panelseat',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_panelseatevent" ("as_steward", "exemption_id", "grants", "group", "id", "number", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "taken_in_id", "voted_in_id") VALUES (OLD."as_steward", OLD."exemption_id", OLD."grants", OLD."group", OLD."id", OLD."number", OLD."organisation_id", OLD."person_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."reason", OLD."taken_in_id", OLD."voted_in_id"); RETURN NULL;', hash='846333c641a5badcbc02a0142a6c68cace529d01', operation='UPDATE', pgid='pgtrigger_changed_update_0683d', table='registry_panelseat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='panelseat',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_panelseatevent" ("as_steward", "exemption_id", "grants", "group", "id", "number", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "taken_in_id", "voted_in_id") VALUES (OLD."as_steward", OLD."exemption_id", OLD."grants", OLD."group", OLD."id", OLD."number", OLD."organisation_id", OLD."person_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."reason", OLD."taken_in_id", OLD."voted_in_id"); RETURN NULL;', hash='906a43e82cf777e6e2513a17fc759259fc99358a', operation='DELETE', pgid='pgtrigger_deleted_delete_a68c4', table='registry_panelseat', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='unwantedletter',
            constraint=models.UniqueConstraint(fields=('person', 'kind'), name='unwanted_letter_said_once'),
        ),
        migrations.AddConstraint(
            model_name='unwantedletter',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['letter', 'sign_in', 'confirm', 'challenge', 'job', 'adopted'])), name='unwanted_letter_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='withdrawal',
            constraint=models.UniqueConstraint(condition=models.Q(('decided_in', None)), fields=('component',), name='withdrawal_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='withdrawal',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='withdrawal_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='withdrawal',
            constraint=models.CheckConstraint(condition=models.Q(('returned', ''), ('decided_in__isnull', False), _connector='OR'), name='withdrawal_returned_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='withdrawal',
            constraint=models.CheckConstraint(condition=models.Q(('successor', None), models.Q(('successor', models.F('component')), _negated=True), _connector='OR'), name='withdrawal_not_own_successor'),
        ),
    ]
