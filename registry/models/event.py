import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTransform


class Act(models.TextChoices):
    LOAD_PACK = "load_pack", "Loaded from a pack"
    EDIT = "edit", "Edited by an operator"
    COMPUTE_EDITION = "compute_edition", "Computed an edition of the index"
    OPEN_REPLY = "open_reply", "Opened the right of reply to an edition"
    COMMENT_ON_EDITION = "comment_on_edition", "Commented on an edition"
    SETTLE_DISPUTE = "settle_dispute", "Settled a dispute"
    PUBLISH_EDITION = "publish_edition", "Published an edition"
    CORRECT_EDITION = "correct_edition", "Computed a correction of an edition"
    REVIEW_CHANGE = "review_change", "Reviewed a large change of a score"
    ISSUE_TOKEN = "issue_token", "Issued a token"
    REVOKE_TOKEN = "revoke_token", "Revoked a token"
    SAVE_ASSEMBLY = "save_assembly", "Saved an assembly"
    CHANGE_ASSEMBLY = "change_assembly", "Changed an assembly"
    FORK_ASSEMBLY = "fork_assembly", "Took over an assembly"
    WITHDRAW_ASSEMBLY = "withdraw_assembly", "Withdrew an assembly"
    PLAN_ASSEMBLY = "plan_assembly", "Planned to use an assembly"
    UNDO_PLAN = "undo_plan", "Took back a plan"
    DESCRIBE_COMPONENT = "describe_component", "Described a component"
    ADD_SOURCE = "add_source", "Named a source to harvest"
    CHANGE_SOURCE = "change_source", "Changed a source"
    STOP_SOURCE = "stop_source", "Stopped reading a source"
    HARVEST = "harvest", "Harvested from a source"
    CHOOSE_DIFFERENCE = "choose_difference", "Chose between a source and what is here"
    CREATE_SOFTWARE = "create_software", "Added software to the Open Catalog"
    UPDATE_SOFTWARE = "update_software", "Changed software in the Open Catalog"
    ANALYSE_SOFTWARE = "analyse_software", "Wrote the analysis of software"
    DELETE_SOFTWARE = "delete_software", "Withdrew software from the Open Catalog"
    CREATE_PUBLISHER = "create_publisher", "Added a publisher to the Open Catalog"
    UPDATE_PUBLISHER = "update_publisher", "Changed a publisher in the Open Catalog"
    DELETE_PUBLISHER = "delete_publisher", "Withdrew a publisher from the Open Catalog"
    CREATE_CATALOG = "create_catalog", "Added a catalogue to the Open Catalog"
    UPDATE_CATALOG = "update_catalog", "Changed a catalogue in the Open Catalog"
    ANALYSE_CATALOG = "analyse_catalog", "Wrote the analysis of a catalogue"
    DELETE_CATALOG = "delete_catalog", "Removed a catalogue from the Open Catalog"
    CREATE_WEBHOOK = "create_webhook", "Added a webhook"
    UPDATE_WEBHOOK = "update_webhook", "Changed a webhook"
    DELETE_WEBHOOK = "delete_webhook", "Removed a webhook"
    WRITE_REVIEW = "write_review", "Wrote a review"
    WITHDRAW_REVIEW = "withdraw_review", "Withdrew a review"
    DEPRECATE_COMPONENT = "deprecate_component", "Deprecated a component"
    ASK_FOR_ALERT = "ask_for_alert", "Asked for letters about a search"
    CONFIRM_ALERT = "confirm_alert", "Confirmed letters about a search"
    STOP_ALERT = "stop_alert", "Stopped letters about a search"
    REINSTATE_COMPONENT = "reinstate_component", "Took a deprecation back"
    MERGE_COMPONENTS = "merge_components", "Merged two components"
    DISMISS_PAIR = "dismiss_pair", "Said that two components are not one"
    ASK_FOR_ROLE = "ask_for_role", "Asked for a role"
    GRANT_ROLE = "grant_role", "Granted a role"
    REFUSE_ROLE = "refuse_role", "Refused a role"
    END_ROLE = "end_role", "Ended a role"
    DECLARE = "declare", "Declared"
    CONFIRM = "confirm", "Confirmed what stands"
    UNDO = "undo", "Took an act back"
    DISCLOSE = "disclose", "Showed what was kept back until a day"
    SAVE_DRAFT = "save_draft", "Saved a draft"
    DROP_DRAFT = "drop_draft", "Dropped a draft"
    UPLOAD_PORTFOLIO = "upload_portfolio", "Uploaded a portfolio"
    NAME_COLUMNS = "name_columns", "Said what the columns of a portfolio are"
    IMPORT_PORTFOLIO = "import_portfolio", "Imported a portfolio"
    DROP_IMPORT = "drop_import", "Dropped an import"
    REJECT_HINT = "reject_hint", "Said that something is not in use"
    CHECK_EVIDENCE = "check_evidence", "Looked whether an evidence link answers"
    SIGN_UP = "sign_up", "Made an account"
    SIGN_IN = "sign_in", "Signed in"
    SIGN_OUT = "sign_out", "Signed out"
    END_SESSIONS = "end_sessions", "Ended sessions"
    ADD_FACTOR = "add_factor", "Added a second factor"
    REMOVE_FACTOR = "remove_factor", "Removed a second factor"
    RENEW_RECOVERY_CODES = "renew_recovery_codes", "Made new recovery codes"
    CHANGE_NAME = "change_name", "Changed their name"
    CHANGE_ADDRESS = "change_address", "Changed the address they sign in with"
    PLAN_REORGANISATION = "plan_reorganisation", "Planned a reorganisation"
    CHANGE_REORGANISATION = "change_reorganisation", "Changed a planned reorganisation"
    SECOND_REORGANISATION = "second_reorganisation", "Seconded a reorganisation"
    CANCEL_REORGANISATION = "cancel_reorganisation", "Cancelled a reorganisation"
    CARRY_OUT_REORGANISATION = "carry_out_reorganisation", "Carried out a reorganisation"
    RAISE_CHALLENGE = "raise_challenge", "Challenged what is recorded"
    ASK_CHALLENGER = "ask_challenger", "Asked for more about a challenge"
    REPLY_AS_CHALLENGER = "reply_as_challenger", "Said more about their challenge"
    AGREE_TO_CHALLENGE = "agree_to_challenge", "Agreed to a challenge"
    KEEP_RECORD = "keep_record", "Kept what was challenged"
    ESCALATE_CHALLENGE = "escalate_challenge", "Passed a challenge to the moderators"
    DECIDE_CHALLENGE = "decide_challenge", "Decided a challenge"
    WITHDRAW_CHALLENGE = "withdraw_challenge", "Withdrew a challenge"
    ASK_FOR_ATTESTATION = "ask_for_attestation", "Asked a steward to attest"
    ATTEST = "attest", "Attested"
    DECLINE_ATTESTATION = "decline_attestation", "Declined to attest"
    WITHDRAW_ATTESTATION = "withdraw_attestation", "Withdrew an attestation"
    LAPSE_ATTESTATIONS = "lapse_attestations", "Let attestations lapse that nobody answered"
    DRAW_AUDIT = "draw_audit", "Drew attestations to be audited"
    DECIDE_AUDIT = "decide_audit", "Decided an audit of an attestation"
    CLAIM_USE = "claim_use", "Claimed that bodies use a component"
    WITHDRAW_CLAIM = "withdraw_claim", "Took a claim back"
    REPORT_USAGE = "report_usage", "Reported how much a component is used"
    GRADE_EVIDENCE = "grade_evidence", "Graded evidence anew"
    STOP_QUARTERLY = "stop_quarterly", "Stopped the letter of each quarter"
    RESUME_QUARTERLY = "resume_quarterly", "Wanted the letter of each quarter again"
    FORGET_CHALLENGER = "forget_challenger", "Had the address behind a challenge forgotten"
    TAKE_OVER_ITEM = "take_over_item", "Took over what somebody was looking at"
    PROPOSE_PAIR = "propose_pair", "Said that two components may be one"
    PROPOSE_MERGE = "propose_merge", "Proposed to merge two components"
    DROP_MERGE = "drop_merge", "Took a proposed merge back"
    ASK_TO_PUBLISH = "ask_to_publish", "Asked for a second to publish an edition"
    ASK_FOR_BODY = "ask_for_body", "Asked for a body to be added"
    ADD_BODY = "add_body", "Added a body"
    RETURN_BODY = "return_body", "Returned a body that was asked for"
    SEE_COMPONENT = "see_component", "Looked at a new component"
    SEE_COMPONENTS = "see_components", "Looked through the new components of a body"
    RETURN_COMPONENT = "return_component", "Returned a component"
    ASK_TO_WITHDRAW = "ask_to_withdraw", "Asked for a component to be withdrawn"
    WITHDRAW_COMPONENT = "withdraw_component", "Withdrew a component"
    KEEP_COMPONENT = "keep_component", "Returned a withdrawal"
    ASK_FOR_EXEMPTION = "ask_for_exemption", "Asked for an exemption"
    TAKE_SEAT = "take_seat", "Took a seat on a panel"
    LEAVE_SEAT = "leave_seat", "Left a seat on a panel"
    VOTE_ON_EXEMPTION = "vote_on_exemption", "Voted on an exemption"
    TAKE_BACK_EXEMPTION = "take_back_exemption", "Took back what was asked for"
    CHOOSE_LETTERS = "choose_letters", "Chose which letters they get"


ON_EDITIONS = (
    Act.COMPUTE_EDITION,
    Act.CORRECT_EDITION,
    Act.OPEN_REPLY,
    Act.COMMENT_ON_EDITION,
    Act.SETTLE_DISPUTE,
    Act.ASK_TO_PUBLISH,
    Act.PUBLISH_EDITION,
    Act.REVIEW_CHANGE,
)
"""Acts on an edition of the index: their detail says its label and its revision."""


class Event(models.Model):
    """One act: who did what, when, and from which source. Written in the act's own transaction, and never changed."""

    act = models.CharField(max_length=40, choices=Act)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="events")
    token = models.ForeignKey(
        "registry.Token",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        db_index=False,
        help_text="The token that a program acted with.",
    )
    source = models.TextField(blank=True, help_text="Where the statement comes from: a pack's title and file.")
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["token"], condition=Q(token__isnull=False), name="event_by_token"),
            models.Index(KeyTransform("label", "detail"), condition=Q(act__in=ON_EDITIONS), name="event_by_edition"),
        ]
        triggers = [
            pgtrigger.Protect(name="event_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="event_never_emptied",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'Events stay for ever: % cannot be emptied.', TG_TABLE_NAME;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}, {self.at:%Y-%m-%d %H:%M}"
