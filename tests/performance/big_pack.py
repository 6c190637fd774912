"""A big pack for benchmarks: the same bytes for the same seed, and skewed as life is.

    python -m tests.performance.big_pack FOLDER --declarations 1000000

Few components have most of the adopters, most bodies say little, and texts have real lengths. Nothing in it is real.
"""

import argparse
import csv
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from random import Random

SEED = 20261123
STAGES = ("live", "live", "live", "partial", "pilot", "planned", "retired")
EVIDENCE = ("E0", "E1", "E1", "E2", "E2", "E3")
EVOLUTION = ("genesis", "custom", "product", "product", "commodity", "commodity")
# fmt: off
WORDS = """
    records requests payments notices places permits answers bookings reports checks forms letters people councils
    keeps sends finds shares opens counts takes gives shows brings for of with and to in from by each many every
""".split()  # noqa: SIM905
# fmt: on
GROUPS = 8
YEARS = ("2022-23", "2023-24", "2024-25", "2025-26")
LISTED = 1_000  # different amounts, so that writing the pack takes seconds


class BigPack:
    """The world of one pack: its sizes follow from the number of declarations."""

    def __init__(self, declarations: int, seed: int = SEED) -> None:
        self.random = Random(seed)
        self.declarations = declarations
        self.functions = [f"function-{number:03}" for number in range(min(400, max(4, declarations // 50)))]
        self.organisations = [f"body-{number:05}" for number in range(max(4, declarations // 60))]
        self.components = [f"component-{number:05}" for number in range(max(4, min(20_000, declarations // 50)))]
        self.by_function = [self.components[place :: len(self.functions)] for place in range(len(self.functions))]
        self.popularity = list(accumulate(1 / (rank + 1) for rank in range(len(self.by_function[0]))))

    def write(self, folder: Path) -> None:
        self.write_catalogue(folder)
        self._declarations(folder)

    def write_catalogue(self, folder: Path) -> None:
        """Everything but the declarations."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "pack.toml").write_text("\n".join(self.manifest()) + "\n", encoding="utf-8")
        self._file(folder, "functions.csv", "function,parent,name,kind,evolution,codes", self.function_rows())
        self._file(
            folder, "organisations.csv", "organisation,name,type,peer_group,affiliation_group,identifiers,driver",
            self.organisation_rows(),
        )  # fmt: skip
        self._file(
            folder, "components.csv",
            "component,name,kind,functions,summary,description,licence,lifecycle,stewards,open_licence,price_per_transaction",
            self.component_rows(),
        )  # fmt: skip
        self._file(
            folder, "benchmarks.csv", "peer_group,function,ref_cost_per_driver,ref_volume_per_driver,observations",
            self.benchmark_rows(),
        )  # fmt: skip

    def _declarations(self, folder: Path) -> None:
        adoptions = "organisation,function,component,stage,coverage,transactions,annual_cost,price_fy,since,confirmed,"
        duplicates = "organisation,function,system,supplier,coverage,transactions,annual_cost,price_fy,contract_end,"
        with (
            (folder / "adoptions.csv").open("w", encoding="utf-8", newline="") as adopted,
            (folder / "duplicates.csv").open("w", encoding="utf-8", newline="") as own,
        ):
            adopted.write(adoptions + "evidence,published,source_url\n")
            own.write(duplicates + "contract_slips,confirmed,evidence,published,reason,source_url\n")
            writers = (csv.writer(adopted, lineterminator="\n"), csv.writer(own, lineterminator="\n"))
            for is_own, row in self.declaration_rows():
                writers[is_own].writerow(row)

    def _file(self, folder: Path, name: str, header: str, rows: Iterable[tuple]) -> None:
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            file.write(header + "\n")
            csv.writer(file, lineterminator="\n").writerows(rows)

    def manifest(self) -> Iterator[str]:
        yield from ('title = "A big pack"', 'country = "XB"', 'currency = "GBP"', 'licence = "CC0-1.0"')
        yield from ('benchmark_edition = "2026"', 'base_financial_year = "2025-26"', "", "[deflator]")
        yield from (f"{year} = {90 + 3 * place}" for place, year in enumerate(YEARS))
        for group in range(GROUPS):
            yield from ("", f"[peer_groups.group-{group}]", f'label = "Group {group}"', 'driver_unit = "resident"')
            yield from ("F_lo = 0.7", "F_hi = 0.95", "F_median_share = 0.85", "")
            yield from (
                f"[peer_groups.group-{group}.adoption_mean]",
                "custom = 0.1",
                "product = 0.25",
                "commodity = 0.4",
            )

    def function_rows(self) -> Iterator[tuple]:
        for place, function in enumerate(self.functions):
            parent = self.functions[place // 20] if place >= 20 else ""
            yield function, parent, f"Function {place}", "service", self.random.choice(EVOLUTION), f"big:{place}"

    def organisation_rows(self) -> Iterator[tuple]:
        for place, organisation in enumerate(self.organisations):
            family = f"family-{place // 7}" if place % 5 == 0 else ""
            driver = int(self.random.paretovariate(1.2) * 10_000)
            yield organisation, f"Body {place}", "council", f"group-{place % GROUPS}", family, f"big:{place}", driver

    def component_rows(self) -> Iterator[tuple]:
        for place, component in enumerate(self.components):
            steward = f"{self.random.choice(self.organisations)}={self.random.choice(('1', '0.5'))}"
            kind = ("service", "service", "dataset", "process")[place % 4]
            function, price = self.functions[place % len(self.functions)], round(self.random.random(), 3)
            yield (
                component, f"Component {place}", kind, function, self.text(15), self.text(120), "MIT", "live", steward,
                place % 2, price,
            )  # fmt: skip

    def text(self, longest: int) -> str:
        words = self.random.choices(WORDS, k=self.random.randint(4, longest))
        return " ".join(words).capitalize() + "."

    def benchmark_rows(self) -> Iterator[tuple]:
        for group in range(GROUPS):
            for function in self.functions:
                yield (
                    f"group-{group}",
                    function,
                    round(self.random.random() * 5, 2),
                    round(self.random.random() * 9, 2),
                    30,
                )

    def declaration_rows(self) -> Iterator[tuple[bool, tuple]]:
        """(is it a system of its own, its row), body after body."""
        random = self.random
        days = [
            f"{year}-{month:02}-{day:02}" for year in (2024, 2025, 2026) for month in range(1, 10) for day in (1, 15)
        ]
        costs = [str(int(random.paretovariate(1.1) * 1000)) for _ in range(LISTED)]
        share = self.declarations / len(self.organisations)
        for place, organisation in enumerate(self.organisations):
            due = round(share * (place + 1)) - round(share * place)
            for step in range(due):
                again, where = divmod(place * 7 + step, len(self.functions))
                yield self._said(organisation, where, again - place * 7 // len(self.functions), days, costs)

    def _said(self, organisation: str, where: int, again: int, days: list[str], costs: list[str]) -> tuple[bool, tuple]:
        random = self.random
        function, coverage = self.functions[where], ("", "0.25", "0.5", "1")[random.randrange(4)]
        confirmed, cost, since = random.choice(days), random.choice(costs), random.choice(days)
        evidence, source = random.choice(EVIDENCE), f"https://{organisation}.example/{function}"
        if random.random() < 0.45 and not again:
            choices = self.by_function[where]
            component = random.choices(choices, cum_weights=self.popularity[: len(choices)])[0]
            row = (organisation, function, component, random.choice(STAGES), coverage, cost, cost, random.choice(YEARS))
            return False, (*row, since, confirmed, evidence, "", source)
        row = (organisation, function, f"Own system {again}", "A supplier", coverage, cost, cost, random.choice(YEARS))
        return True, (*row, "", random.randrange(3), confirmed, evidence, "1", "", source)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--declarations", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    BigPack(asked.declarations, asked.seed).write(asked.folder)


if __name__ == "__main__":
    main()
