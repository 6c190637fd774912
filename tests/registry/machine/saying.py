"""The machine's clock and its one way to act, and what bodies say: declare, confirm, take back, draft."""

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import time_machine
from django.db import transaction
from django.db.models import Max
from django.test import Client
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from commons.exceptions import Refused
from registry.actions.declarations import (
    confirm_declarations,
    declare,
    drop_draft,
    save_draft,
    undo_declarations,
)
from registry.actions.declarations.confirming import confirmable
from registry.actions.declarations.rows import CARRIED, of_cell, with_all
from registry.models import (
    Act,
    Declaration,
    DeclarationKind,
    Draft,
    Event,
    Letter,
    ShownTo,
    Stage,
)
from registry.permissions import Actor
from registry.said import Hold, Said
from tests.registry.machine import invariants
from tests.registry.machine.world import NEVER, UNTIL, World, make

ANY = st.integers(0, 10**6)
LINKS = ("", "", "https://links.example/one", "https://links.example/two")
KINDS = ("component", "component", "system", "held", "answer")


class Saying(RuleBasedStateMachine):
    """Each rule is one act of one actor. `done` says what each was expected to leave."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.traveller = time_machine.travel(timezone.now(), tick=True)
        self.clock = self.traveller.start()
        self.before: dict[int, dict[int, list]] = {}

    def teardown(self) -> None:
        self.traveller.stop()
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)

    def act(self, done: Callable[..., Any], *, events: Callable[[Any], int] = lambda _: 1, **asked: Any) -> Any:
        """Do it: it leaves `events` events, or is refused and leaves none."""
        before, letter = Event.objects.count(), Letter.objects.aggregate(last=Max("pk"))["last"] or 0
        try:
            with transaction.atomic():
                result = done(**asked)
        except Refused:
            assert Event.objects.count() == before, f"{done.__name__} was refused, and yet made an event"
            return None
        assert Event.objects.count() - before == events(result), done.__name__
        invariants.nobody_is_written_to_twice(letter)
        return result

    # What bodies say

    def said(self, data, place: int) -> Said:
        kind = data.draw(st.sampled_from(KINDS))
        link, cost = data.draw(st.sampled_from(LINKS)), data.draw(st.none() | st.integers(0, 9000))
        amounts = {
            "annual_cost": None if cost is None else Decimal(cost),
            "price_fy": "" if cost is None else "2025-26",
        }
        if kind == "answer":
            return Said(kind=data.draw(st.sampled_from([DeclarationKind.NOT_RESPONSIBLE, DeclarationKind.NOT_SURE])))
        if kind == "component":
            component = self.world.components[place % len(self.world.components)]
            stage = data.draw(st.sampled_from(Stage.values))
            return Said(
                kind=DeclarationKind.ADOPTION, component=component.slug, stage=stage, source_url=link, **amounts
            )
        if kind == "system":
            name = f"System {data.draw(st.integers(1, 3))}"
            return Said(kind=DeclarationKind.DUPLICATE, system=name, source_url=link, contact="Us", **amounts)
        return self.kept_back(data, link, amounts)

    def kept_back(self, data, link: str, amounts: dict) -> Said:
        days = data.draw(st.none() | st.integers(1, 40))
        until = None if days is None else timezone.localdate() + timedelta(days=days)
        name = f"{NEVER if days is None else UNTIL} {next(self.world.numbers)} kept"
        if until is None:
            self.world.never.add(name)
        else:
            self.world.shown_from[name] = until
        held = {"system": Hold(ShownTo.OWN)} if until is None else {}
        supplier = f"{name}." if until else ""
        if until:
            held["supplier"] = Hold(ShownTo.PEERS, until)
        return Said(
            kind=DeclarationKind.DUPLICATE,
            system=f"{name}." if until is None else f"Open {name.split()[1]}",
            supplier=supplier,
            source_url=link,
            contact="Us",
            held=held,
            **amounts,
        )

    def cell(self, body, function, *, graded: bool = True) -> list:
        """What stands, to the last value, without what says when it was said."""
        names = [name for name in CARRIED if graded or name != "evidence"]
        return sorted(
            (
                [repr(getattr(one, name)) for name in names],
                sorted(repr((kept.field, kept.shown_to, kept.until, kept.value)) for kept in one.withheld.all()),
            )
            for one in of_cell(body, function)
        )

    @initialize(data=st.data())
    def begin(self, data) -> None:
        """Each body has said something, of which one thing is kept back."""
        self.world: World = make()
        for place, body in enumerate(self.world.bodies):
            owner = self.world.owner_of(body)
            statements = [self.said(data, place), self.kept_back(data, LINKS[2], {})]
            for function, said in zip(self.world.functions, statements, strict=False):
                declare(organisation=body, function=function, statements=[said], by=owner)

    @rule(data=st.data(), who=ANY, where=ANY, what=ANY)
    def declare(self, data, who: int, where: int, what: int) -> None:
        """Whoever it is."""
        self.say(data, self.world.actor(who, self.world.body(where)), where, what)

    @rule(data=st.data(), where=ANY, what=ANY)
    def declare_as_owner(self, data, where: int, what: int) -> None:
        """Not those of a body that has ended, or that nobody owns."""
        self.say(data, self.world.owner_of(self.world.body(where)), where, what)

    @rule(data=st.data(), where=ANY, what=ANY)
    def declare_by_program(self, data, where: int, what: int) -> None:
        """Through the API, as a program sends it."""
        tokens = self.world.usable_tokens()
        if tokens:
            self.send(data, tokens[where % len(tokens)], what)

    def send(self, data, token, what: int) -> None:
        body = token.organisation
        stood = self.cell(body, self.world.functions[what % 3])
        function = self.world.functions[what % 3].slug
        said = self.said(data, what).as_json()
        sent = {"withheld" if name == "held" else name: value for name, value in said.items()}
        sent |= {"organisation": body.slug, "function": function}
        before = Event.objects.count()
        answer = Client().post(
            "/api/v1/declarations",
            json.dumps(sent),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.world.secrets[token.pk]}"},
        )
        changed = self.cell(body, self.world.functions[what % 3]) != stood
        assert answer.status_code in (200, 201, 400, 401, 409, 422), answer.content
        assert Event.objects.count() - before == (1 if changed else 0)
        assert not (changed and answer.status_code >= 400)

    def say(self, data, by: Actor, where: int, what: int) -> None:
        body, function = self.world.body(where), self.world.functions[what % 3]
        statements = [self.said(data, what + place) for place in range(data.draw(st.integers(0, 2)))]
        stood = self.cell(body, function, graded=False)
        made = self.act(
            declare,
            organisation=body,
            function=function,
            statements=statements,
            by=by,
            events=lambda made: 1 if made.event else 0,
        )
        if made and made.event:
            self.before[made.event.pk] = {function.pk: stood}

    @rule(who=ANY, where=ANY)
    def confirm(self, who: int, where: int) -> None:
        body = self.world.body(where)
        stood = {one.pk: self.cell(body, one, graded=False) for one in self.world.functions}
        current = with_all(Declaration.objects.current().filter(organisation=body))
        numbers = [one.pk for one in current if who % 5 == 0 or confirmable(one)]
        by = self.world.actor(who, body)
        done = self.act(
            confirm_declarations, organisation=body, declarations=numbers, by=by, events=lambda done: 1 if done else 0
        )
        if done:
            self.before[done[0].recorded_in_id] = {one.function_id: stood[one.function_id] for one in done}

    @rule(who=ANY, which=ANY)
    def undo(self, who: int, which: int) -> None:
        """What is put back is to the last value what stood before; its grade is what it has earned by now."""
        acts = list(Event.objects.filter(act__in=[Act.DECLARE, Act.CONFIRM]).order_by("pk"))
        if not acts:
            return
        event = acts[which % len(acts)]
        touched = Declaration.objects.filter(recorded_in=event) | Declaration.objects.filter(superseded_in=event)
        if (one := touched.select_related("organisation").first()) is None:
            return
        by = self.world.actor(who, one.organisation)
        back = self.act(undo_declarations, organisation=one.organisation, event=event, by=by)
        stood = self.before.get(event.pk, {})
        if back == len(stood):
            for function in self.world.functions:
                if function.pk in stood:
                    assert self.cell(one.organisation, function, graded=False) == stood[function.pk]

    @rule(data=st.data(), who=ANY, where=ANY, what=ANY)
    def draft(self, data, who: int, where: int, what: int) -> None:
        body, function = self.world.body(where), self.world.functions[what % 3]
        found = Draft.objects.filter(organisation=body, function=function).first()
        if found and data.draw(st.booleans()):
            self.act(drop_draft, draft=found, by=self.world.actor(who, body))
            return
        statements = [Said(kind=DeclarationKind.DUPLICATE, system="Half said")]
        revision = found.revision if found else 0
        asked = {"organisation": body, "function": function, "statements": statements, "seen": [], "revision": revision}
        self.act(save_draft, by=self.world.actor(who, body), **asked)
