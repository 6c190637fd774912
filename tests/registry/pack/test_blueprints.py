"""`blueprints.csv`, `steps.csv` and `slots.csv`: patterns of services come and go with a pack."""

import pytest

from catalogue.models import Blueprint, Slot

pytestmark = pytest.mark.django_db
FILES = {
    "blueprints.csv": "blueprint,name,kind,summary,function,source\nreport,Report,report,Say it,bins,Made up\n",
    "steps.csv": "step,blueprint,number,verb,name\nreport-1,report,1,report,Say it\nreport-2,report,2,notify,Tell\n",
    "slots.csv": "slot,step,name,functions,required,kinds,uses_low,uses_high\n"
    "report-form,report-1,The form,bins;waste,1,dataset;service,1,2.5\nreport-tell,report-2,Tell,,0,,,\n",
}


@pytest.fixture
def patterned(pack):
    for file, content in FILES.items():
        pack.write(file, content)
    return pack


def test_blueprint_comes_back_from_an_export_as_it_went(patterned, exported):
    assert patterned.refusals() == []
    assert patterned.refusals() == []

    written = exported()

    assert {file: written[file].decode() for file in FILES} == FILES
    slot = Slot.objects.get(slug="report-form")
    assert (slot.step.blueprint.slug, slot.required, float(slot.uses_high)) == ("report", True, 2.5)
    assert sorted(slot.functions.values_list("slug", flat=True)) == ["bins", "waste"]


def test_pack_without_blueprints_exports_none(pack, exported):
    for file in FILES:
        (pack.folder / file).unlink()
    pack.load()

    assert not set(FILES) & set(exported())
    assert not Blueprint.objects.exists()


@pytest.mark.parametrize(
    ("file", "row", "sentence"),
    [
        ("steps.csv", "report-3,reprot,1,apply,Ask", 'There is no blueprint "reprot"'),
        ("steps.csv", "report-3,report,1,jump,Ask", "none of the known values"),
        ("slots.csv", "more,report-1,More,,1,,2,1", "do not go together"),
        ("slots.csv", "more,report-1,More,,1,,2,", "do not go together"),
        ("slots.csv", "more,report-1,More,,,,,", "The value is missing."),
        ("slots.csv", "more,report-1,More,bin,1,,,", 'There is no function "bin"'),
    ],
)
def test_row_of_a_blueprint_is_refused(patterned, file, row, sentence):
    (said,) = patterned.refused(file, row)

    assert sentence in said
