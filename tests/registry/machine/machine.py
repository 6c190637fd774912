"""Many actors, each doing what comes to mind; the registry lets them or refuses, and stays whole."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

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
    disclose_due,
)
from registry.actions.evidence import settle
from registry.actions.members import ask_for_role, end_role, grant_role, invite, refuse_role
from registry.actions.merges import merge_components
from registry.actions.reorganisations import (
    cancel_reorganisation,
    carry_out,
    carry_out_due,
    plan_reorganisation,
    second_reorganisation,
)
from registry.actions.tokens import issue_token, revoke_token
from registry.models import (
    Challenge,
    Declaration,
    EvidenceLink,
    Membership,
    Reorganisation,
    Role,
    Scope,
)
from registry.models.membership import OF_A_BODY
from registry.permissions import ANYBODY, COMMAND_LINE
from registry.presenters import challenged
from tests.registry.machine import invariants
from tests.registry.machine.saying import ANY, Saying
from tests.registry.reorganisations.plans import abolish, merge, rename, split


class Acts(Saying):
    """Each rule is one act of one actor."""

    # Time, and what comes by itself

    @rule(days=st.sampled_from([0.1, 0.5, 1, 8, 31]))
    def time_passes(self, days: float) -> None:
        """And what the timetable does at night is done."""
        self.clock.shift(timedelta(days=days))
        self.disclose()
        self.act(escalate_overdue, by=COMMAND_LINE, events=lambda number: number)
        self.act(carry_out_due, by=COMMAND_LINE, events=lambda number: number)

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
        if kind == "merge" and one == other:
            return
        planned = self.act(plan_reorganisation, plan=plans[kind](), by=self.world.moderator(who))
        if planned and data.draw(st.booleans()):
            self.act(second_reorganisation, reorganisation=planned, by=self.world.moderator(who + 1))

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
