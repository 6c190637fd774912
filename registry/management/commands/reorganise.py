"""Planning what becomes of bodies from the command line. A person answers for each act, by the address they sign in
with; who plans may not second."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalogue.models import PeerGroup
from commons.exceptions import Refused
from registry.actions.reorganisations import (
    cancel_reorganisation,
    carry_out_due,
    plan_reorganisation,
    second_reorganisation,
)
from registry.actions.reorganisations.plans import Plan
from registry.actions.reorganisations.written import read_plan
from registry.models import Person, Reorganisation, ReorganisationKind
from registry.permissions import COMMAND_LINE, Actor, of_person
from registry.signed_in import memberships

KEYS = {
    "kind": str,
    "area": str,
    "vesting_day": date,
    "before": str,
    "after": str,
    "type": str,
    "peer_group": str,
    "source_url": str,
}
NEEDED = ("kind", "area", "vesting_day")


class Command(BaseCommand):
    help = "Plan, second, cancel and carry out what becomes of bodies; see docs/reorganisation.md."

    def add_arguments(self, parser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("list", help="What is planned and carried out.")
        acts.add_parser("carry-out", help="Carry out what is due, as the worker does.")
        plan = acts.add_parser("plan", help="Plan what a file says.")
        plan.add_argument("file", type=Path)
        second = acts.add_parser("second", help="Agree to what somebody else has planned.")
        cancel = acts.add_parser("cancel", help="Take a plan back.")
        cancel.add_argument("--reason", required=True)
        for parser_of_act in (second, cancel):
            parser_of_act.add_argument("number", type=int)
        for parser_of_act in (plan, second, cancel):
            parser_of_act.add_argument("--as", dest="email", required=True, help="Who answers for it: their address.")

    def handle(self, *, act: str, **options: Any) -> None:
        try:
            getattr(self, act.replace("-", "_"))(options)
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def list(self, options: dict) -> None:
        for one in Reorganisation.objects.all():
            self.stdout.write(f"{one.pk} {one.vesting_day} {one.area}: {one.get_kind_display()} ({one.state.label})")

    def carry_out(self, options: dict) -> None:
        self.stdout.write(f"Carried out: {carry_out_due(by=COMMAND_LINE)}")

    def plan(self, options: dict) -> None:
        made = plan_reorganisation(plan=plan_in(options["file"]), by=person(options["email"]))
        self.stdout.write(f"{made.pk} is planned. Another person has to second it: reorganise second {made.pk} --as …")

    def second(self, options: dict) -> None:
        second_reorganisation(reorganisation=numbered(options["number"]), by=person(options["email"]))
        self.stdout.write("Seconded. It is carried out on its day.")

    def cancel(self, options: dict) -> None:
        cancel_reorganisation(
            reorganisation=numbered(options["number"]), reason=options["reason"], by=person(options["email"])
        )
        self.stdout.write("Cancelled.")


def numbered(number: int) -> Reorganisation:
    found = Reorganisation.objects.filter(pk=number).first()
    if found is None:
        raise CommandError(f"There is no reorganisation {number}. See: reorganise list")
    return found


def person(email: str) -> Actor:
    """Whoever runs commands on the registry's machine has what a second factor proves."""
    found = Person.objects.filter(email__iexact=email).first()
    if found is None:
        raise CommandError(f"Nobody signs in with “{email}”.")
    return of_person(found, memberships(found), second_factor=True)


def plan_in(path: Path) -> Plan:
    """The plan of a file in TOML; its texts are written as on the page."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from error
    for name, value in said.items():
        if name not in KEYS:
            raise CommandError(f"{path} may not hold “{name}”, only {', '.join(KEYS)}.")
        if not isinstance(value, KEYS[name]):
            raise CommandError(f"“{name}” in {path} has to be a {'day' if KEYS[name] is date else 'text'}.")
    if missing := [name for name in NEEDED if name not in said]:
        raise CommandError(f"{path} has to say {', '.join(missing)}.")
    if said["kind"] not in ReorganisationKind.values:
        raise CommandError(f"The kind in {path} has to be one of {', '.join(ReorganisationKind.values)}.")
    group = PeerGroup.objects.filter(slug=said.get("peer_group", "")).first()
    if said.get("peer_group") and group is None:
        raise CommandError(f"There is no peer group “{said['peer_group']}”.")
    texts = {name: said.get(name, "") for name in ("before", "after", "type", "source_url")}
    kind, area, day = ReorganisationKind(said["kind"]), said["area"], said["vesting_day"]
    return read_plan(kind=kind, area=area, vesting_day=day, peer_group=group, **texts)
