"""Every write makes exactly one event, in the transaction of its rows; what is refused makes none.

Asked of every write in `permission_matrix.md`, so that none can be new without being declared there. A write that
changes nothing that anybody states is in SILENT with the reason; one that needs more than a single request is in APART
with the test that asks it.
"""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.test import override_settings

from tests.registry.permission_things import make
from tests.registry.permission_world import PEOPLE, SIGNED_OUT, TOKENS, World, is_api, outcome
from tests.registry.test_permission_matrix import DECLARED, SECTIONS, Line, routes
from tests.registry.written import Written, watched

pytestmark = pytest.mark.django_db
METHODS = ("POST", "PUT", "PATCH", "DELETE")
SILENT = {
    "already/": "answers a question",
    "tools/validate": "answers a question",
    "tools/validate/": "answers a question",
    "api/v1/similar": "answers a question",
    "health/live": "answers whatever it is asked with",
    "health/ready": "answers whatever it is asked with",
    "v1/logs": "a line of a log is itself the record: who, when, of what",
    "v1/software/<str:id>/logs": "a line of a log is itself the record: who, when, of what",
    "v1/catalogs/<str:id>/logs": "a line of a log is itself the record: who, when, of what",
    "sign-in/": "sends a code: nothing has come of it yet",
    "account/address/": "sends a code: nothing has come of it yet",
    "account/confirm/": "sends a code: nothing has come of it yet",
    "moderation/leases/<slug:kind>/<str:key>/put-back/": "to look at something is no act, and neither is to leave it",
    "account/confirm/code/": "confirming is no sign-in: nothing has changed yet",
}
SECOND, ACCOUNT = "tests.registry.signing_in.test_factors", "tests.registry.signing_in.test_account"
PASSKEY = "tests.system.test_signing_in::test_officer_adds_a_passkey_and_signs_in_with_nothing_else"
STEPS = "tests.registry.test_events_of_steps"
ROLES = "tests.registry.test_events_of_roles"
NOWHERE = {"v1/^.*$"}  # whatever is no address of the Open Catalog API
APART = {
    "workspace/<slug:slug>/hints/": f"{STEPS}::test_answering_a_hint",
    "workspace/<slug:slug>/functions/<slug:function>/publish/": f"{STEPS}::test_publishing_a_draft",
    "workspace/<slug:slug>/functions/<slug:function>/drop/": f"{STEPS}::test_dropping_a_draft",
    "feedback/declarations/<int:key>/": f"{STEPS}::test_challenging_what_is_recorded",
    "feedback/components/<slug:slug>/": f"{STEPS}::test_challenging_what_is_recorded",
    "feedback/organisations/<slug:slug>/": f"{STEPS}::test_challenging_what_is_recorded",
    "feedback/organisations/<slug:organisation>/functions/<slug:function>/": (
        f"{STEPS}::test_challenging_what_is_recorded"
    ),
    "feedback/payments/<int:key>/": f"{STEPS}::test_challenging_what_is_recorded",
    "sign-out/": f"{STEPS}::test_signing_out",
    "admin/logout/": f"{STEPS}::test_signing_out",
    "admin/login/": "tests.registry.signing_in.test_operators::test_a_password_signs_an_operator_in_as_one_act",
    "sign-in/code/": "tests.registry.signing_in.test_sign_in::test_somebody_known_signs_in_by_a_mailed_code",
    "sign-in/second/": f"{SECOND}::test_signing_in_asks_for_the_second_factor",
    "sign-in/passkey/": PASSKEY,
    "sign-in/with/<slug:name>/": "tests.registry.signing_in.test_providers::test_somebody_known_signs_in",
    "account/address/code/": f"{ACCOUNT}::test_the_address_changes_by_a_code_to_the_new_one",
    "account/app/": f"{SECOND}::test_an_app_is_added_with_recovery_codes_as_one_act",
    "account/passkey/": PASSKEY,
    "account/factors/<int:pk>/remove/": (
        f"{SECOND}::test_removing_the_last_factor_takes_its_codes_and_other_sessions_along"
    ),
    "account/recovery-codes/new/": f"{SECOND}::test_recovery_codes_are_renewed",
    "account/sessions/<int:pk>/end/": f"{ACCOUNT}::test_another_session_is_ended_at_once",
    "workspace/<slug:slug>/import/<int:pk>/apply/": f"{ROLES}::test_applying_an_import",
    "api/v1/imports/<int:key>/apply": f"{ROLES}::test_applying_an_import",
    "workspace/<slug:slug>/claims/new/": "tests.registry.claims.test_claiming::test_claiming_on_the_page_is_one_event",
    "moderation/editions/<int:pk>/": f"{ROLES}::test_asking_to_publish_and_agreeing",
    "exemptions/<int:pk>/sit/": f"{ROLES}::test_sitting_on_a_panel",
    "exemptions/<int:pk>/seats/<int:number>/leave/": f"{ROLES}::test_sitting_on_a_panel",
    "exemptions/<int:pk>/vote/": f"{ROLES}::test_sitting_on_a_panel",
    "quarterly/<uuid:pk>/resume/": f"{ROLES}::test_stopping_the_letter_of_the_quarter_and_resuming",
    "account/sessions/end/": f"{ACCOUNT}::test_all_others_are_ended_as_one_act",
}
"""Where somebody signs in for the first time or takes their last second factor away, two acts are one request: an
account is made and signed in, a factor is removed and other sessions are ended. Each has its event."""


def cells(section: str) -> Iterator[tuple[Line, str, str]]:
    for line in DECLARED:
        if line.section == section and not line.address.endswith("**"):
            for route in filter(line.covers, routes()):
                yield from ((line, method, route) for method in line.methods if method in METHODS)


def asked(world: World, actor: str, method: str, route: str) -> tuple[str, Written]:
    with watched(inside=1) as written:
        answer = world.answer(actor, method, route)
    return outcome(answer), written


def allowed(line: Line) -> str | None:
    """Who may least of those who may."""
    actors = TOKENS if is_api(line.address) else PEOPLE
    return next((actor for actor in actors if actor in line.may), None)


def refused(line: Line) -> list[str]:
    """One for each way in which somebody is refused, signed in where there is such a one."""
    actors = sorted(TOKENS if is_api(line.address) else PEOPLE, key=lambda actor: actor in SIGNED_OUT)
    found = {line.expected(actor): actor for actor in reversed(actors) if actor not in line.may}
    return list(found.values())


def slips(world: World, line: Line, method: str, route: str) -> Iterator[str]:
    for actor in refused(line):
        answer, written = asked(world, actor, method, route)
        if written.domain and route not in APART:
            yield f"{method} {route} by {actor}: {answer}, and yet writes {', '.join(written.domain)}"
    if (actor := allowed(line)) is None:
        if route not in APART and route not in NOWHERE:
            yield f"{method} {route}: say in APART where it is asked by somebody who may"
        return
    answer, written = asked(world, actor, method, route)
    if answer != "yes":
        yield f"{method} {route} by {actor}: {answer}"
    elif route in SILENT:
        if written.events:
            yield f"{method} {route} by {actor}: {written.events} events, and is said to make none"
    elif route not in APART and written.events != 1:
        yield f"{method} {route} by {actor}: {written.events} events, not one; it writes {', '.join(written.domain)}"
    elif route not in APART and written.apart:
        yield f"{method} {route} by {actor}: not with its event: {', '.join(written.apart)}"


@pytest.mark.parametrize("section", [one for one in SECTIONS if any(cells(one))])
def test_every_write_makes_one_event_with_its_rows(section):
    with override_settings(BEHIND_HTTPS=True):
        world = make()
        found = [slip for cell in cells(section) for slip in slips(world, *cell)]
    assert not found, "\n".join(found)


def test_what_is_asked_elsewhere_is_asked():
    for where in APART.values():
        module, _, name = where.partition("::")
        assert hasattr(import_module(module), name), where


def test_nothing_is_excused_that_is_no_more():
    known = {route for section in SECTIONS for _line, _method, route in cells(section)}
    assert [route for route in (*SILENT, *APART) if route not in known] == []
