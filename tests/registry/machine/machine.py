"""Many actors, each doing what comes to mind; the registry lets them or refuses, and stays whole."""

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
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from commons.exceptions import Refused
from registry.actions.challenges import (
    agree_to_challenge,
    ask_challenger,
    decide_challenge,
    escalate_challenge,
    escalate_overdue,
    keep_record,
    raise_challenge,
    withdraw_challenge,
)
from registry.actions.challenges.secrets import secret_of
from registry.actions.declarations import (
    confirm_declarations,
    declare,
    disclose_due,
    drop_draft,
    save_draft,
    undo_declarations,
)
from registry.actions.declarations.confirming import confirmable
from registry.actions.declarations.rows import CARRIED, of_cell, with_all
from registry.actions.evidence import settle
from registry.actions.members import ask_for_role, end_role, grant_role, invite, refuse_role
from registry.actions.merges import merge_components
from registry.actions.reorganisations import (
    cancel_reorganisation,
    carry_out,
    plan_reorganisation,
    second_reorganisation,
)
from registry.actions.tokens import issue_token, revoke_token
from registry.models import (
    Act,
    Challenge,
    Declaration,
    DeclarationKind,
    Draft,
    Event,
    EvidenceLink,
    Letter,
    Membership,
    Reorganisation,
    Role,
    Scope,
    ShownTo,
    Stage,
)
from registry.models.membership import OF_A_BODY
from registry.permissions import ANYBODY, COMMAND_LINE, Actor
from registry.presenters import challenged
from registry.said import Hold, Said
from tests.registry.machine import invariants
from tests.registry.machine.world import NEVER, UNTIL, World, make
from tests.registry.reorganisations.plans import abolish, merge, rename, split

ANY = st.integers(0, 10**6)
LINKS = ("", "", "https://links.example/one", "https://links.example/two")
KINDS = ("component", "component", "system", "held", "answer")


class Acts(RuleBasedStateMachine):
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

    def cell(self, body, function) -> list:
        """What stands, to the last value, without what says when it was said."""
        return sorted(
            (
                [repr(getattr(one, name)) for name in CARRIED],
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
        stood = self.cell(body, function)
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
        stood = {one.pk: self.cell(body, one) for one in self.world.functions}
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
        """What is put back is to the last value what stood before."""
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
                    assert self.cell(one.organisation, function) == stood[function.pk]

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

    # Time, and what comes by itself

    @rule(days=st.sampled_from([0.1, 0.5, 1, 8, 31]))
    def time_passes(self, days: float) -> None:
        """And what the timetable does at night is done."""
        self.clock.shift(timedelta(days=days))
        self.disclose()
        self.act(escalate_overdue, by=COMMAND_LINE, events=lambda number: number)

    def disclose(self) -> None:
        due = Declaration.objects.current().filter(withheld__until__lte=timezone.localdate())
        bodies = due.values("organisation").distinct().count()
        self.act(disclose_due, events=lambda _values: bodies)

    @rule(which=ANY, answers=st.booleans())
    def link_is_read(self, which: int, answers: bool) -> None:
        links = list(EvidenceLink.objects.order_by("pk"))
        if not links:
            return
        link = links[which % len(links)]
        if answers:
            self.world.answered.add(link.address)
        named = Declaration.objects.current().filter(source_url=link.address)
        failures = link.failures + 1
        changing = named.filter(evidence="E0") if answers else named.filter(evidence="E1" if failures >= 2 else "none")
        bodies = changing.values("organisation").distinct().count()
        failure = "" if answers else "Nothing answers there."
        self.act(settle, link=link, failure=failure, now=timezone.now(), events=lambda _none: bodies)

    # Challenges

    @rule(which=ANY, claim=st.integers(1, 3), mailed=st.booleans())
    def challenge(self, which: int, claim: int, mailed: bool) -> None:
        current = list(Declaration.objects.listed().current().order_by("pk"))
        if not current:
            return
        subject = challenged.of_declaration(current[which % len(current)].pk)
        email = "citizen@mail.example" if mailed else ""
        self.act(
            raise_challenge,
            subject=subject,
            claim=f"Claim {claim}",
            email=email,
            by=ANYBODY,
            events=lambda raised: 1 if raised.is_new else 0,
        )

    @rule(which=ANY, who=ANY, how=st.sampled_from(["keep", "agree", "ask", "withdraw", "escalate", "uphold", "leave"]))
    def answer(self, which: int, who: int, how: str) -> None:
        every = list(Challenge.objects.order_by("pk"))
        if not every:
            return
        challenge = every[which % len(every)]
        by = self.world.actor(who, challenge.organisation)
        secret = secret_of(challenge)
        acts: dict[str, Callable] = {
            "keep": lambda: self.act(keep_record, challenge=challenge, reason="It is right.", by=by),
            "agree": lambda: self.act(agree_to_challenge, challenge=challenge, text="Changed.", by=by),
            "ask": lambda: self.act(ask_challenger, challenge=challenge, question="Which?", by=by),
            "withdraw": lambda: self.act(withdraw_challenge, challenge=challenge, secret=secret, by=ANYBODY),
            "escalate": lambda: self.act(escalate_challenge, challenge=challenge, secret=secret, by=ANYBODY),
            "uphold": lambda: self.act(decide_challenge, challenge=challenge, upheld=True, reason="So.", by=by),
            "leave": lambda: self.act(decide_challenge, challenge=challenge, upheld=False, reason="So.", by=by),
        }
        acts[how]()

    # People and programs

    @rule(who=ANY, where=ANY, role=st.sampled_from(OF_A_BODY))
    def ask_for_role(self, who: int, where: int, role: Role) -> None:
        self.act(ask_for_role, organisation=self.world.body(where), role=role, by=self.world.actor(who))

    @rule(who=ANY, whose=ANY, where=ANY, role=st.sampled_from(list(Role)))
    def invite(self, who: int, whose: int, where: int, role: Role) -> None:
        person = self.world.people[whose % len(self.world.people)]
        body = self.world.body(where) if role in OF_A_BODY else None
        self.act(invite, organisation=body, email=person.email, role=role, by=self.world.actor(who, body))

    @rule(who=ANY, which=ANY, how=st.sampled_from(["grant", "refuse", "end"]))
    def decide_role(self, who: int, which: int, how: str) -> None:
        every = list(Membership.objects.order_by("pk"))
        membership = every[which % len(every)]
        by = self.world.actor(who, membership.organisation)
        if how == "refuse":
            self.act(refuse_role, membership=membership, reason="No.", by=by)
        else:
            self.act({"grant": grant_role, "end": end_role}[how], membership=membership, by=by)

    @rule(who=ANY, where=ANY, revoke=st.booleans())
    def token(self, who: int, where: int, revoke: bool) -> None:
        body, tokens = self.world.body(where), self.world.usable_tokens()
        by = self.world.actor(who, body)
        if revoke and tokens:
            self.act(revoke_token, token=tokens[where % len(tokens)], by=by)
            return
        scopes = [Scope.DECLARATIONS_WRITE]
        given = self.act(issue_token, organisation=body, name="Another", scopes=scopes, by=by)
        if given:
            self.world.secrets[given.token.pk] = given.secret

    # Reorganisation and merging

    @rule(data=st.data(), who=ANY, where=ANY, kind=st.sampled_from(["merge", "split", "rename", "abolish"]))
    def plan(self, data, who: int, where: int, kind: str) -> None:
        day = timezone.localdate() + timedelta(days=data.draw(st.integers(0, 20)))
        one, other = self.world.body(where), self.world.body(where + 1)
        name = f"New {next(self.world.numbers)}"
        plans: dict[str, Callable] = {
            "merge": lambda: merge([one, other], day=day, name=name),
            "split": lambda: split(one, (f"{name} North", f"{name} South"), day=day),
            "rename": lambda: rename(one, name, day=day),
            "abolish": lambda: abolish(one, day=day),
        }
        if kind != "merge" or one != other:
            self.act(plan_reorganisation, plan=plans[kind](), by=self.world.moderator(who))

    @rule(who=ANY, which=ANY, how=st.sampled_from(["second", "second", "carry out", "carry out", "cancel"]))
    def reorganise(self, who: int, which: int, how: str) -> None:
        every = list(Reorganisation.objects.order_by("pk"))
        if not every:
            return
        found = every[which % len(every)]
        if how == "second":
            self.act(second_reorganisation, reorganisation=found, by=self.world.moderator(who))
        elif how == "cancel":
            self.act(cancel_reorganisation, reorganisation=found, reason="Off.", by=self.world.moderator(who))
        else:
            new = 0 if found.carried_out_in_id else 1
            self.act(carry_out, reorganisation=found, by=COMMAND_LINE, events=lambda _event: new)

    @rule(who=ANY, which=ANY, by=st.integers(0, 3))
    def merge(self, who: int, which: int, by: int) -> None:
        components = self.world.components
        kept, merged = components[which % 4], components[(which + 1) % 4]
        actor = self.world.moderator(who) if by else self.world.actor(who)
        self.act(merge_components, kept=kept, merged=merged, by=actor)

    @invariant()
    def everything_holds(self) -> None:
        if hasattr(self, "world"):
            invariants.everything(self.world)
