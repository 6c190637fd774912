"""The program that anybody can check an edition with: one file, made of the plain implementation."""

import ast
import json
import subprocess
import sys
from collections import Counter
from hashlib import sha256
from math import isclose
from pathlib import Path

import pytest

from public_value.bundle.script import script
from public_value.recompute import PARAMETERS, bodies_of
from public_value.recompute.canonical import params_hash, snapshot_hash
from public_value.recompute.comparing import Tally, compare
from public_value.recompute.draws import drawn_dials, drawn_index, drawn_scores, stream
from public_value.recompute.edition import compute_with_draws
from public_value.recompute.main import main
from public_value.recompute.publishing import published_entries, whole
from public_value.recompute.reading import read_pack
from public_value.recompute.robustness import robustness
from public_value.recompute.rungs import estimated_rungs, realised_rungs, realised_table
from public_value.recompute.sensitivity import sensitivity
from public_value.recompute.sharing import sharing_of
from public_value.recompute.table import results_table
from tests.public_value.worlds import LABEL, SNAPSHOT, World, random_world, write_pack

PARAMS = json.loads(PARAMETERS.read_text(encoding="utf-8"))
DRAWS, RUNS = 40, 6


def tidy_world() -> World:
    """The first random world in which somebody gets a score."""
    return random_world(next(seed for seed in range(400) if random_world(seed)["duplicates"]))


def write_bundle(folder: Path, world: World) -> Path:
    """The open data of an edition, as the plain implementation itself computes it."""
    (folder / "snapshot").mkdir()
    write_pack(world, folder / "snapshot")
    computed, drawn = compute_with_draws(folder / "snapshot", LABEL, SNAPSHOT, PARAMS, DRAWS)
    edition = {
        **{name: computed[name] for name in ("method", "params_hash", "snapshot_hash", "snapshot_date", "draws")},
        "label": LABEL,
        "revision": 1,
        "seed": LABEL,
    }
    pack = read_pack(folder / "snapshot", SNAPSHOT, PARAMS)
    entries = published_entries(pack, computed["organisations"], drawn, PARAMS)
    results = {"label": LABEL, "revision": 1, "organisations": entries, "functions": computed["functions"]}
    results["ladder"] = realised_rungs([]) | estimated_rungs(pack, PARAMS)
    results |= whole_of(folder / "snapshot", computed["organisations"])
    (folder / "edition.json").write_text(json.dumps(edition))
    (folder / "results.json").write_text(json.dumps(results))
    (folder / "results.csv").write_text(results_table(entries))
    (folder / "realised.csv").write_text(realised_table([]))
    (folder / "parameters.json").write_bytes(PARAMETERS.read_bytes())
    return sealed(folder)


def whole_of(folder: Path, computed: dict) -> dict:
    """What is published of all bodies together."""
    pack = read_pack(folder, SNAPSHOT, PARAMS)
    moved = sensitivity(pack, sharing_of(pack, PARAMS), computed, LABEL, RUNS, PARAMS)
    return {"robustness": robustness(pack, computed, PARAMS), "sensitivity": moved}


def sealed(folder: Path) -> Path:
    """With sums that are right for whatever the files say now."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    sums = [f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(sums))
    return folder


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return write_bundle(tmp_path, tidy_world())


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Of a world in which enough bodies get a score to say something of all of them together."""
    return write_bundle(tmp_path, random_world(26, organisations=24, functions=3))


# The file


def test_script_is_the_same_text_each_time_and_needs_the_standard_library_alone() -> None:
    tree = ast.parse(script())
    modules = {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    assert script() == script()
    assert {name.partition(".")[0] for name in modules} <= sys.stdlib_module_names


def test_no_two_modules_use_one_name_for_two_things() -> None:
    body = ast.parse(script()).body
    names = [node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    names += [target.id for node in body if isinstance(node, ast.Assign) for target in node.targets]
    names += [alias.name for node in body if isinstance(node, ast.ImportFrom) for alias in node.names]
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_script_runs_with_nothing_installed(bundle) -> None:
    (bundle / "recompute.py").write_text(script())
    command = [sys.executable, "-I", "-S", "recompute.py"]
    done = subprocess.run(command, cwd=sealed(bundle), capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "published values are what comes out." in done.stdout


# What it says


def test_every_figure_is_counted_with_its_largest_difference(bundle, capsys) -> None:
    assert main([str(bundle)]) == 0
    said = capsys.readouterr().out
    for figure in ("SHA-256 of files", "snapshot_hash", "params_hash", "rows of results.csv", "grade", "functions"):
        assert f"\n{figure} " in said


def change_result(bundle: Path, change) -> None:
    results = json.loads((bundle / "results.json").read_text())
    change(results)
    (bundle / "results.json").write_text(json.dumps(results))
    (bundle / "results.csv").write_text(results_table(results["organisations"]))
    sealed(bundle)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda found: next(iter(found["organisations"].values())).update(grade="A+"), "grade: 'A+' is published"),
        (lambda found: next(iter(found["organisations"].values())).update(medal=1), "nothing that can be recomputed"),
        (lambda found: found["organisations"].popitem(), "The bodies of the edition"),
        (lambda found: found.update(revision=2), "results.json, revision: 2 is published, 1 comes out."),
        (lambda found: next(iter(found["functions"].values())).update(systems=77), "systems: 77 is published"),
    ],
)
def test_a_changed_result_is_found_though_all_sums_are_right(bundle, capsys, change, said: str) -> None:
    change_result(bundle, change)
    assert main([str(bundle)]) == 1
    assert said in capsys.readouterr().out


def of_factor(found: dict, name: str) -> dict:
    return found["sensitivity"]["factors"][name]


def of_group(found: dict) -> dict:
    return next(iter(found["robustness"]["groups"].values()))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda found: of_factor(found, "p").update(total=of_factor(found, "p")["total"] + 1e-6),
            "sensitivity, factors, p",
        ),
        (
            lambda found: of_factor(found, "tau").update(first=None),
            "sensitivity, factors, tau, first: None is published",
        ),
        (lambda found: found["sensitivity"].update(bodies=500), "sensitivity, bodies: 500 is published, 14 comes out."),
        (lambda found: found["sensitivity"].update(runs=RUNS + 1), "sensitivity, factors, p, first"),
        (lambda found: found["sensitivity"].update(factors=None), "sensitivity, factors: None is published"),
        (lambda found: of_group(found)["order"].update(ampi=0.999), "order, ampi: 0.999 is published"),
        (lambda found: found["robustness"]["weights"]["O"].update(effective=0.1), "weights, O, effective: 0.1 is"),
        (lambda found: found["robustness"]["groups"].clear(), "robustness, groups: [] is published"),
    ],
)
def test_a_changed_figure_of_all_bodies_is_found(large, capsys, change, said: str) -> None:
    change_result(large, change)
    assert main([str(large)]) == 1
    assert said in capsys.readouterr().out


def test_figures_of_all_bodies_are_checked_unless_the_edition_has_none(large, capsys) -> None:
    assert main([str(large)]) == 0
    said = capsys.readouterr().out
    assert "\nsensitivity                     32  " in said
    assert "\nrobustness                      38  " in said
    change_result(large, lambda found: [found.update(sensitivity=None), found.pop("robustness")])
    assert main([str(large)]) == 0
    said = capsys.readouterr().out
    for name in ("sensitivity", "robustness"):
        assert f"No {name} is published with this edition, so there is none to check.\n" in said
        assert f"\n{name} " not in said


@pytest.mark.parametrize("runs", [0, -1, None, 1.5, "6"])
def test_runs_that_cannot_be_made_get_one_sentence(large, capsys, runs) -> None:
    change_result(large, lambda found: found["sensitivity"].update(runs=runs))
    assert main([str(large)]) == 2
    assert capsys.readouterr().err == (
        f"results.json states {runs!r} runs of the sensitivity, and it takes 1 at least.\n"
    )


@pytest.mark.parametrize(
    ("file", "figure"),
    [
        ("snapshot/organisations.csv", "snapshot_hash"),
        ("parameters.json", "SHA-256 of files"),
        ("results.csv", "rows of results.csv"),
    ],
)
def test_a_changed_file_is_found(bundle, capsys, file: str, figure: str) -> None:
    with (bundle / file).open("a") as opened:
        opened.write("\n")
    assert main([str(bundle)]) == 1
    said = capsys.readouterr().out
    assert f"{file}: '" in said
    assert any(line.startswith(figure) and line.endswith("DIFFER") for line in said.splitlines())


def test_a_file_that_no_sum_names_is_found(bundle, capsys) -> None:
    (bundle / "snapshot" / "more.csv").write_text("")
    assert main([str(bundle)]) == 1
    assert "snapshot/more.csv is not in SHA256SUMS" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / "results.json").unlink(), "it has no results.json."),
        (lambda folder: (folder / "results.json").write_text("{"), "results.json cannot be read as JSON"),
        (lambda folder: (folder / "results.json").write_text("[]"), "not in its form"),
        (lambda folder: (folder / "SHA256SUMS").write_text("../../etc/passwd"), "a line that is no sum"),
        (lambda folder: (folder / "snapshot" / "pack.toml").write_text("="), "Invalid"),
    ],
)
def test_a_folder_that_cannot_be_used_gets_one_sentence(bundle, capsys, spoil, said: str) -> None:
    spoil(bundle)
    assert main([str(bundle)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert len(error.splitlines()) == 1


def test_help_is_given_and_no_folder_is_not_found(capsys) -> None:
    assert (main(["--help"]), main(["a", "b"]), main(["/nowhere"])) == (0, 2, 2)
    assert "python recompute.py [FOLDER]" in capsys.readouterr().out


# How it computes


@pytest.mark.parametrize("seed", range(60))
def test_sums_of_a_body_draw_what_its_rows_draw(seed: int, tmp_path: Path) -> None:
    pack = read_pack(write_pack(random_world(seed), tmp_path), SNAPSHOT, PARAMS)
    dials = [drawn_dials(stream(LABEL, "G"), draw, PARAMS) for draw in range(5)]
    for uid, body in bodies_of(pack, sharing_of(pack, PARAMS), PARAMS).items():
        own = stream(LABEL, f"O:{uid}")
        for draw, (quick, turned) in enumerate(zip(drawn_scores(body, dials, own, PARAMS), dials, strict=True)):
            assert isclose(quick, drawn_index(body, turned, own, draw, PARAMS), abs_tol=1e-10)


def test_hashes_are_those_of_the_specification(tmp_path: Path) -> None:
    assert params_hash(PARAMS) == "20317281e2fc6a70a566924513e0296fd2147a0627273a3f5bf9da12ac2be69a"
    (tmp_path / "spend").mkdir()
    (tmp_path / "spend" / "a.csv").write_text("a")
    named = f'{{"spend/a.csv":"{sha256(b"a").hexdigest()}"}}'
    assert snapshot_hash(tmp_path) == sha256(named.encode()).hexdigest()


def test_points_are_rounded_half_up() -> None:
    assert [whole(points) for points in (0.49, 0.5, 1.5, 2.5, 99.5)] == [0, 1, 2, 3, 100]


def test_numbers_agree_to_the_ninth_decimal_and_other_values_exactly() -> None:
    tally = Tally()
    compare(tally, "figure", {"a": 1.0, "b": [None, "x"], "c": 2.0}, {"a": 1 + 1e-10, "b": ["x", None], "c": 2.1}, "it")
    compare(tally, "list", [{"a": 1, "b": 2}, {"a": 0, "b": 3}], [{"b": 3, "a": 0}, {"b": 2, "a": 1}], "it")
    assert tally.checked == 8
    assert tally.wrong == ["it, c: 2.0 is published, 2.1 comes out."]
    assert tally.figures["figure"].largest == pytest.approx(0.1)
