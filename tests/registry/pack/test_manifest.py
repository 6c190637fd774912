# ruff: noqa: E501 - whole sentences
import pytest

from public_value.models import Deflator, PeerGroupNorm
from registry.models import Commons
from registry.pack.loading import PackRefused

pytestmark = pytest.mark.django_db


def refused(pack) -> list[str]:
    with pytest.raises(PackRefused) as raised:
        pack.load()
    return [str(refusal) for refusal in raised.value.refusals]


def test_manifest_that_is_no_toml_names_the_line(pack):
    pack.swap("pack.toml", '"CC0-1.0"', "CC0-1.0")
    (sentence,) = refused(pack)
    assert sentence.startswith("pack.toml, line 4: This is not TOML: Invalid value (at line 4")
    assert sentence.endswith("Mend the line; see toml.io for the rules.")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("licence =", "license =", 'line 4, license "": There is no key "license" here. Did you mean "licence"? The keys '
         "are: title, country, currency, licence, benchmark_edition, base_financial_year, deflator, peer_groups, posts."),
        ("F_lo", "F_low", 'line 16, peer_groups.district.F_low "": There is no key "F_low" here. Did you mean "F_lo"? '
         "The keys are: label, parent, driver_unit, F_lo, F_hi, F_median_share, adoption_mean."),
        ("custom =", "genesis =", 'line 21, peer_groups.district.adoption_mean.genesis "": There is no key "genesis" '
         "here. The keys are: custom, product, commodity."),
        ("[deflator]", "[deflators]", 'line 8, deflators "": There is no key "deflators" here. Did you mean "deflator"? '
         "The keys are: title, country, currency, licence, benchmark_edition, base_financial_year, deflator, peer_groups, "
         "posts."),
    ],
)  # fmt: skip
def test_unknown_key_is_named_with_the_nearest(pack, old, new, sentence):
    assert refused(pack.swap("pack.toml", old, new)) == [f"pack.toml, {sentence}"]


def test_table_must_be_a_table(pack):
    pack.write("pack.toml", 'title = "X"\npeer_groups = "district"\n')
    assert refused(pack) == [
        'pack.toml, line 2, peer_groups "": This must be a table. Write [peer_groups] and its keys below.'
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("F_lo = 0.7", 'F_lo = "0.7"', 'line 16, F_lo "0.7": This is not a number. '
         "Write a plain number such as 0.85, without quotation marks."),
        ("F_lo = 0.7", "F_lo = 7e-1", 'line 16, F_lo "7e-1": This is not a plain number. Write a plain decimal such as '
         "1234.5: no thousands separator, currency sign, percent sign or exponent."),
        ("F_lo = 0.7", "F_lo = 0.95", 'line 16, F_lo "0.95": F_lo is not below F_hi. Let the lower one be smaller.'),
        ("product = 0.2", "product = 1.2", 'line 22, adoption_mean.product "1.2": The number is not from 0 to 1. '
         "Give a number from 0 to 1, or leave it blank."),
        ("2025-26 = 100", "2025-26 = 0", 'line 10, index "0": The number is not greater than 0. '
         "Give a number greater than 0."),
        ('title = "A small pack"', "title = 5", 'line 1, title "5": This is not a text. Write it in quotation marks.'),
        ('parent = "tier"', 'parent = "district"', 'line 14, parent "district": This makes a circle: '
         "district → district. Break it somewhere."),
        ('label = "librarians"\n', "", 'line 28, label "": The value is missing. '
         "Give one: a row cannot be taken without it."),
    ],
)  # fmt: skip
def test_entry_is_refused_with_place_and_remedy(pack, old, new, sentence):
    assert f"pack.toml, {sentence}" in pack.swap("pack.toml", old, new).refusals()


def test_refused_peer_group_refuses_its_bodies(pack):
    pack.swap("pack.toml", 'label = "District"\n', "")
    assert (
        'organisations.csv, line 2, peer_group "district": The peer group "district" was refused (pack.toml, line 12). '
        "Mend that row first."
    ) in pack.refusals()


def test_blank_does_not_overwrite_what_is_stated(pack):
    pack.load()
    pack.write(
        "pack.toml", 'title = ""\ncurrency = "GBP"\n[deflator]\n2025-26 = 101\n[peer_groups.district]\nlabel="D"\n'
    )
    pack.load()
    assert Commons.objects.get().title == "A small pack"
    assert PeerGroupNorm.objects.get().f_lo == 0.7
    assert dict(Deflator.objects.values_list("financial_year", "index")) == {"2024-25": 97.5, "2025-26": 101}


def test_pack_without_title_goes_by_its_folder(pack):
    assert pack.swap("pack.toml", 'title = "A small pack"\n', "").load().title == "pack"
