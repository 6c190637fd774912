"""What a load records, what it leaves alone, and what it undoes."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.models import Component, Function, PeerGroup, Profile
from public_value.models import BenchmarkEdition, Deflator, FrontlinePost, PeerGroupNorm
from registry.models import (
    Act,
    Commons,
    Declaration,
    Event,
    Identifier,
    Organisation,
    Payment,
    Review,
    SpendFile,
    Stewardship,
    Volume,
)
from registry.pack.loading import PackRefused

pytestmark = pytest.mark.django_db


def totals(load) -> dict[str, int]:
    return {name: sum(file.counts[name] for file in load.files) for name in load.files[0].counts}


def everything() -> dict[str, list]:
    """Every row of every table that a pack touches, history included."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if not name.startswith("django_")]
        rows = {}
        for name in sorted(names):
            cursor.execute(f'SELECT t::text FROM "{name}" t ORDER BY 1')
            rows[name] = cursor.fetchall()
    return rows


def test_load_records_every_noun(pack):
    load = pack.load()
    assert (load.kept, load.title, load.refused) == (True, "A small pack", 0)
    assert Commons.objects.get().country == "XA"
    assert BenchmarkEdition.objects.get().name == "2026"
    assert dict(Deflator.objects.values_list("financial_year", "index")) == {"2024-25": 97.5, "2025-26": 100.0}
    assert PeerGroup.objects.get(slug="district").parent.slug == "tier"
    assert PeerGroupNorm.objects.get().adoption_mean_product == 0.2
    assert FrontlinePost.objects.get().annual_cost == Decimal("41000.5")
    assert Function.objects.get(slug="bins").parent.slug == "waste"
    ash = Organisation.objects.get(slug="ash")
    assert [str(code) for code in ash.identifiers.all()] == ["gss:1", "la:ash"]
    assert [body.slug for body in ash.successors.all()] == ["birch"]
    assert ash.aliases == ["Ash", "Ash Town"]
    component = Component.objects.get(slug="bin-days")
    assert component.summary == 'Says "when", and\nwhere'
    assert component.successor.slug == "bin-days-2"
    assert [group.slug for group in component.available_to.all()] == ["district"]
    assert dict(component.stewardships.values_list("organisation__slug", "share")) == {"ash": 0.5, "birch": 0.25}
    assert Payment.objects.get(line="1").amount == Decimal("-12.50")
    assert bytes(SpendFile.objects.get().content) == b"Supplier;Amount\r\n\xa3;1\r\n"
    assert sorted(Declaration.objects.values_list("kind", flat=True)) == [
        "adoption",
        "adoption",
        "duplicate",
        "not_sure",
    ]


def test_blank_is_not_stated_and_never_zero(pack):
    pack.load()
    planned = Declaration.objects.get(stage="planned")
    assert (planned.coverage, planned.annual_cost, planned.published, planned.confirmed) == (None, None, None, None)


def test_event_says_which_file_and_what_it_did(pack):
    pack.load()
    event = Event.objects.get(source="A small pack: adoptions.csv")
    assert event.act == Act.LOAD_PACK
    assert {"read": 2, "new": 2, "changed": 0, "unchanged": 0, "refused": 0}.items() <= event.detail.items()
    assert len(event.detail["sha256"]) == 64
    assert set(Declaration.objects.adoptions().values_list("recorded_in", flat=True)) == {event.pk}


def test_summary_adds_up_to_the_files(pack):
    counts = {file.file: file.counts["read"] for file in pack.load().files}
    assert counts.pop("pack.toml") == 8  # the pack, the edition, 2 years, 2 peer groups, 1 with norms, 1 post
    for file, read in counts.items():
        if file != "components.csv":  # has a newline in a value
            assert read == len((pack.folder / file).read_text().splitlines()) - 1


def test_second_load_changes_nothing(pack):
    pack.load()
    before = everything()
    load = pack.load()
    assert totals(load) == {"read": 40, "new": 0, "changed": 0, "unchanged": 40, "refused": 0}
    assert everything() == before


def test_changed_declaration_supersedes_and_keeps_the_old_one(pack):
    pack.load()
    old = Declaration.objects.get(stage="planned")
    pack.swap("adoptions.csv", "planned,,", "live,0.75,")
    load = pack.load()
    assert totals(load) == {"read": 40, "new": 0, "changed": 1, "unchanged": 39, "refused": 0}
    event = Event.objects.latest("id")
    new = Declaration.objects.current().get(organisation__slug="birch", component__slug="bin-days")
    old.refresh_from_db()
    assert (new.stage, new.coverage, new.recorded_in) == ("live", 0.75, event)
    assert (old.stage, old.superseded_in) == ("planned", event)


def test_changed_answer_supersedes(pack):
    pack.load()
    pack.swap("answers.csv", "not_sure", "not_responsible")
    pack.load()
    said = Declaration.objects.filter(kind__in=["not_sure", "not_responsible"]).order_by("id")
    assert [(answer.kind, answer.superseded_in_id is None) for answer in said] == [
        ("not_sure", False),
        ("not_responsible", True),
    ]


def test_absent_column_leaves_what_is_recorded(pack):
    pack.load()
    pack.write("adoptions.csv", "organisation,function,component,stage\nash,bins,bin-days,retired\n")
    pack.write("organisations.csv", "organisation,name\nash,Ash District Council\n")
    pack.load()
    adoption = Declaration.objects.current().get(organisation__slug="ash", kind="adoption")
    assert (adoption.stage, adoption.coverage, adoption.evidence) == ("retired", 0.5, "E1")
    ash = Organisation.objects.get(slug="ash")
    assert (ash.name, ash.driver, ash.identifiers.count()) == ("Ash District Council", 1000, 2)


def test_blank_of_a_present_column_clears(pack):
    pack.load()
    pack.swap("organisations.csv", "gss:1;la:ash,Ash;Ash Town,1000", ",,")
    pack.load()
    ash = Organisation.objects.get(slug="ash")
    assert (ash.aliases, ash.driver, ash.identifiers.count()) == ([], None, 0)


def test_changed_share_supersedes_the_stewardship_only(pack):
    pack.load()
    pack.swap("components.csv", "ash=0.5;birch=0.25", "ash=0.5;birch=0.5")
    load = pack.load()
    assert totals(load)["changed"] == 1
    said = Stewardship.objects.order_by("id").values_list("organisation__slug", "share", "superseded_in__source")
    assert list(said) == [
        ("ash", 0.5, None),
        ("birch", 0.25, "A small pack: components.csv"),
        ("birch", 0.5, None),
    ]
    assert Component.pgh_event_model.objects.count() == 0  # the component itself did not change


def test_changed_row_keeps_its_earlier_state(pack):
    pack.load()
    assert Volume.pgh_event_model.objects.count() == 0
    pack.swap("volumes.csv", "500", "600")
    pack.load()
    assert Volume.objects.get().transactions == 600
    assert Volume.pgh_event_model.objects.get().transactions == 500


def test_changed_spend_file_is_kept_anew(pack):
    pack.load()
    pack.write("spend/2026/january.csv", "another")
    assert totals(pack.load())["changed"] == 1
    assert bytes(SpendFile.objects.get().content) == b"another"


def test_vanished_rows_are_reported_and_stay(pack):
    pack.load()
    pack.swap("payments.csv", "ash,P1,,,,7,,\n", "").swap("answers.csv", "birch,waste,not_sure,2026-02-01,\n", "")
    vanished = {file.file: file.vanished for file in pack.load().files if file.vanished}
    assert vanished == {
        "payments.csv": [("", 1, ["ash, P1"])],
        "answers.csv": [("", 1, ["birch, waste"])],
    }
    assert Payment.objects.count() == 2


@pytest.mark.parametrize("option", ["dry_run", "strict"])
def test_load_that_is_not_kept_leaves_nothing(pack, option):
    pack.load()
    pack.add("organisations.csv", "oak,Oak,,,,,,,,5").add("volumes.csv", "elm,bins,1,").swap(
        "adoptions.csv", "live", "pilot"
    )
    before = everything()
    load = pack.load(**{option: True})
    assert (load.kept, totals(load)) == (False, {"read": 42, "new": 1, "changed": 1, "unchanged": 39, "refused": 1})
    assert everything() == before


def test_strict_load_without_refusals_is_kept(pack):
    assert pack.load(strict=True).kept
    assert Organisation.objects.count() == 2


def test_dry_run_says_what_a_load_does(pack):
    pack.add("organisations.csv", "oak,Oak,,,,,,,,-5").add("volumes.csv", "oak,bins,1,")
    dry, wet = pack.load(dry_run=True), pack.load()
    assert [(file.file, file.counts, file.vanished) for file in dry.files] == [
        (file.file, file.counts, file.vanished) for file in wet.files
    ]


def test_rows_may_name_what_comes_later_in_the_file(pack):
    rows = "".join(f"unit-{number},Unit,unit-{number + 1}\n" for number in range(50))
    pack.add("organisations.csv", "").write("organisations.csv", f"organisation,name,parent\n{rows}unit-50,Top,\n")
    pack.only("organisations.csv")
    assert pack.refusals() == []
    assert Organisation.objects.get(slug="unit-0").parent.slug == "unit-1"


def test_two_packs_stand_on_top_of_each_other(pack):
    pack.load()
    pack.only()
    pack.write("pack.toml", 'title = "Another"\ncountry = "XB"\n[peer_groups.forest]\nlabel = "Forest"\n')
    pack.write("organisations.csv", "organisation,name,peer_group\nfir,Fir,forest\nlarch,Larch,district\n")
    load = pack.load()
    assert totals(load)["refused"] == 0
    assert Organisation.objects.count() == 4
    commons = Commons.objects.get()
    assert (commons.title, commons.country, commons.currency, commons.licence) == ("Another", "XB", "GBP", "CC0-1.0")
    assert load.files[1].vanished == [("", 2, ["ash", "birch"])]


def test_another_currency_is_refused_as_a_whole(pack):
    pack.load()
    pack.swap("pack.toml", '"GBP"', '"EUR"')
    with pytest.raises(PackRefused) as refused:
        pack.load()
    assert str(refused.value.refusals[0]) == (
        'pack.toml, line 3, currency "EUR": This registry is in GBP, and sums in two currencies cannot be added. '
        "Convert the pack's sums to GBP, or load it into an empty registry."
    )


def test_any_currency_is_taken_by_an_empty_registry(pack):
    pack.swap("pack.toml", '"GBP"', '"EUR"').load()
    assert Commons.objects.get().currency == "EUR"


def test_steps_after_a_load_run_whenever_it_is_kept(pack):
    ran = []
    pack.load(dry_run=True, after_load=[lambda: ran.append("dry")])
    pack.load(after_load=[lambda: ran.append("first")])
    pack.load(after_load=[lambda: ran.append("second")])
    assert ran == ["first", "second"]


def queries(pack) -> int:
    with CaptureQueriesContext(connection) as captured:
        pack.load(dry_run=True)
    return len(captured)


def test_queries_do_not_grow_with_rows(pack):
    pack.load()
    few = queries(pack)
    more = {
        "organisations.csv": "body-{0},Body,district,,,,birch,x:{0},,5",
        "volumes.csv": "body-{0},bins,5,",
        "adoptions.csv": "body-{0},bins,bin-days,live,,,,,,,,,",
    }
    for file, row in more.items():
        pack.add(file, "\n".join(row.format(number) for number in range(200)))
    pack.load()
    assert queries(pack) == few
    assert Identifier.objects.count() == 203


# What components offer


def test_profile_standards_and_interface_are_recorded_as_said(pack):
    pack.load()
    days = Component.objects.get(slug="bin-days")
    assert (days.profile.hosting, days.profile.contact_email) == (["hosted", "self_run"], "bins@a.example")
    assert (days.profile.version, days.profile.released_on, days.profile.ends_on) == ("2.1", date(2026, 1, 31), None)
    assert list(days.standards.values_list("slug", flat=True)) == ["iso-8601", "plain"]
    assert [str(operation) for operation in days.operations.all()] == ["GET /days/{uprn}", "POST /days/{uprn}"]
    assert list(days.columns.values_list("number", "name")) == [(1, "uprn"), (2, "day")]


def test_changed_profile_stays_the_component_s_one(pack):
    pack.load()
    pack.swap("profiles.csv", ",2.1,", ",3.0,").load()
    assert Component.objects.get(slug="bin-days").profile.version == "3.0"
    assert Profile.objects.count() == 2


def test_what_is_not_known_of_an_offer_is_refused(pack):
    assert pack.refused("profiles.csv", "nothing,,,,,,") == [
        'profiles.csv, line 4, component "nothing": There is no component "nothing" in components.csv or the registry. '
        "Add it there, or mend the key."
    ]
    assert "Use one of: hosted, supplier, self_run." in pack.refused("profiles.csv", "bin-days,cloud,,,,,")[1]
    assert "This is not a mail address." in pack.refused("profiles.csv", "bin-days,,,someone,,,")[2]
    assert 'There is no standard "iso-860"' in pack.refused("component_standards.csv", "bin-days,iso-860")[0]


# Reviews


def test_changed_review_supersedes_the_old_one(pack):
    pack.load()
    pack.swap("reviews.csv", "It is quick.", "It is slow.").load()
    assert list(Review.objects.order_by("pk").values_list("went_well", flat=True)) == ["It is quick.", "It is slow."]
    assert Review.objects.current().get().went_well == "It is slow."


def test_review_without_an_adoption_is_refused(pack):
    assert pack.refused("reviews.csv", "birch,bin-days,2026-02-01,Fine,,") == [
        'reviews.csv, line 3, organisation "birch": This body has no adoption of the component that runs or has ended. '
        "Add the adoption to adoptions.csv, or remove the row."
    ]
    assert "The review says nothing." in pack.refused("reviews.csv", "ash,bin-days-2,2026-02-01,,,2")[1]
