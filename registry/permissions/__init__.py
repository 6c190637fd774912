"""May this be done? Pure functions that views and API ask before the act; they read no database.

An actor holds *grants*: what it may do for which bodies. A token brings its scopes for its own body, a person those of
each role that they have (`roles.ROLES`); an operator may do everything for every body, except to attest: that is for
people whom the body itself has named.

Some roles count only where the person signed in with a second factor (STRONG). Without one they are *held back*.

Where the very existence of a thing is secret, whoever may not see it is answered as if there were none: 404, not 403.
"""

from registry.permissions.actors import (
    ANYBODY,
    COMMAND_LINE,
    Actor,
    body_of,
    is_operator,
    may_act_for,
    may_write_somewhere,
    of_person,
    of_token,
)
from registry.permissions.catalogue import (
    may_add_software,
    may_choose_difference,
    may_keep_sources,
    may_plan_assembly,
    may_write_assembly,
    may_write_catalogue,
    may_write_component,
    may_write_root_catalogue,
)
from registry.permissions.evidence import may_attest_cost, may_attest_use, may_audit, may_report_usage
from registry.permissions.exemptions import may_ask_for_exemption, may_sit, may_sit_somewhere
from registry.permissions.members import may_end_role, may_grant_role, may_see_members, names_shown_to
from registry.permissions.moderation import (
    may_ask_to_publish,
    may_judge_pairs,
    may_look_at,
    may_moderate,
    may_plan_reorganisation,
    may_second_edition,
)
from registry.permissions.programs import may_issue_token, may_keep_webhooks, may_revoke_token
from registry.permissions.roles import STRONG
from registry.permissions.statements import may_answer_challenge, may_declare, may_draft, may_review, may_see_workspace

__all__ = [
    "ANYBODY",
    "COMMAND_LINE",
    "STRONG",
    "Actor",
    "body_of",
    "is_operator",
    "may_act_for",
    "may_add_software",
    "may_answer_challenge",
    "may_ask_for_exemption",
    "may_ask_to_publish",
    "may_attest_cost",
    "may_attest_use",
    "may_audit",
    "may_choose_difference",
    "may_declare",
    "may_draft",
    "may_end_role",
    "may_grant_role",
    "may_issue_token",
    "may_judge_pairs",
    "may_keep_sources",
    "may_keep_webhooks",
    "may_look_at",
    "may_moderate",
    "may_plan_assembly",
    "may_plan_reorganisation",
    "may_report_usage",
    "may_review",
    "may_revoke_token",
    "may_second_edition",
    "may_see_members",
    "may_see_workspace",
    "may_sit",
    "may_sit_somewhere",
    "may_write_assembly",
    "may_write_catalogue",
    "may_write_component",
    "may_write_root_catalogue",
    "may_write_somewhere",
    "names_shown_to",
    "of_person",
    "of_token",
]
