"""Which side stands, who is meant by a name, and the commands."""

from datetime import date
from io import StringIO
from itertools import product

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from catalogue.describing import FIELDS, NEVER_BLANK
from commons.exceptions import Refused
from registry.actions.sources import add_source, change_source, stop_source
from registry.harvesting.merging import merged
from registry.harvesting.naming import organisations_named
from registry.models import Identifier, Source, SourceKind
from registry.permissions import COMMAND_LINE
from tests import factories
from tests.constraints import refused_by
from tests.registry.harvesting.conftest import offer

BLANK = dict.fromkeys(FIELDS, "")


@pytest.mark.parametrize("name", ["name", "url"])
@pytest.mark.parametrize("may_write", [True, False])
def test_what_somebody_wrote_is_never_written(name, may_write):
    for here, there, before in product(["", "a", "b"], repeat=3):
        ours, theirs, last = (BLANK | {name: value} for value in (here, there, before))
        merge = merged(ours=ours, theirs=theirs, last=last, may_write=may_write)
        if name in merge.write:
            assert may_write
            assert here == before
            assert there or (name not in NEVER_BLANK and before)
        elif name in merge.differ:
            assert merge.differ[name] == (here, there)
            assert here != before or not may_write
        else:
            assert here == there or not there
        assert len(merge.write) + len(merge.differ) <= 1


def test_first_reading_fills_blanks_only():
    merge = merged(
        ours=BLANK | {"name": "Ours"}, theirs=BLANK | {"name": "Theirs", "url": "x"}, last={}, may_write=True
    )
    assert (merge.write, merge.differ) == ({"url": "x"}, {"name": ("Ours", "Theirs")})


@pytest.mark.django_db
def test_names_mean_one_body_or_none():
    county = factories.organisation(slug="ada", name="Città di Ada", aliases=["Ada C.C."])
    twin, other = (factories.organisation(name="Twin Town") for _ in range(2))
    Identifier.objects.create(organisation=county, scheme="gss", code="E07000223")
    Identifier.objects.create(organisation=twin, scheme="x", code="7")
    Identifier.objects.create(organisation=other, scheme="y", code="7")
    meant = organisations_named(
        [
            "citta di  ADA",
            "ada c c",
            "Città di Ada (AD)",
            "gss:E07000223",
            "E07000223",
            "ada",
            "Twin Town",
            "7",
            "x:7",
            "",
        ]
    )
    assert {name for name, body in meant.items() if body == county} == {
        *("citta di  ADA", "ada c c", "Città di Ada (AD)", "gss:E07000223", "E07000223", "ada")
    }
    assert meant.get("x:7") == twin
    assert not {"Twin Town", "7", ""} & set(meant)


@pytest.mark.django_db
def test_rules_of_sources_are_constraints():
    source = factories.source()
    for rule, change in {
        "source_is_on_the_web": {"address": "ftp://x.example/"},
        "source_is_read_in_time": {"every_days": 0},
        "source_has_a_turn": {"next_due_at": None},
        "source_says_why_it_fails": {"failure": "x"},
        "source_kind_is_known": {"kind": "fax"},
    }.items():
        with refused_by(rule), transaction.atomic():
            Source.objects.filter(pk=source.pk).update(**change)


@pytest.mark.django_db
def test_acts_refuse_in_a_sentence(time_machine):
    body = factories.organisation()
    usual = {"organisation": body, "kind": SourceKind.FILE, "address": "https://a.example/x.yml", "by": COMMAND_LINE}
    for wrong, words in [
        ({"address": "https://a.example/" + "x" * 3_000}, "longer than"),
        ({"address": "https://a b.example/"}, "space"),
        ({"every_days": 91}, "every 1 to 90 days"),
        ({"contact": "nobody"}, "no e-mail address"),
        ({"organisation": factories.organisation(end=date(2020, 1, 1))}, "does not exist today"),
    ]:
        with pytest.raises(Refused, match=words):
            add_source(**usual | wrong)
    source = add_source(**usual)
    stop_source(source=source, by=COMMAND_LINE)
    with pytest.raises(Refused, match="no longer read"):
        change_source(source=source, every_days=2, looked_after=False, contact="", by=COMMAND_LINE)
    assert add_source(**usual).pk != source.pk  # stopped, and named again


@pytest.mark.django_db
def test_commands_name_a_source_and_read_it(shop):
    factories.organisation(slug="county")
    offer(shop)
    out = StringIO()
    call_command("add_source", "county", "file", shop.at("/publiccode.yml"), stdout=out)
    source = Source.objects.get()
    assert f"harvest --source {source.pk}" in out.getvalue()
    for arguments, words in [
        ([f"--source={source.pk}", "--dry-run"], "1 new"),
        ([f"--source={source.pk}"], "1 new"),
        (["--due"], "0 sources read"),
    ]:
        out = StringIO()
        call_command("harvest", *arguments, stdout=out)
        assert words in out.getvalue()
    for wrong in (["--source=999999"], ["--dry-run"]):
        with pytest.raises(CommandError):
            call_command("harvest", *wrong)
    with pytest.raises(CommandError, match="There is no organisation"):
        call_command("add_source", "nowhere", "file", "https://a.example/")
