"""A small pack that loads whole, as files in a folder; a test changes what it is about."""

from pathlib import Path

import pytest

from public_value.pack import EVERY_SHEET
from registry.pack.exporting import export_pack
from registry.pack.loading import PackLoad, load_pack

MANIFEST = """\
title = "A small pack"
country = "XA"
currency = "GBP"
licence = "CC0-1.0"
benchmark_edition = "2026"
base_financial_year = "2025-26"

[deflator]
2024-25 = 97.5
2025-26 = 100

[peer_groups.district]
label = "District"
parent = "tier"
driver_unit = "resident"
F_lo = 0.7
F_hi = 0.9
F_median_share = 0.8

[peer_groups.district.adoption_mean]
custom = 0.1
product = 0.2
commodity = 0.3

[peer_groups.tier]
label = "Tier"

[posts.librarian]
label = "librarians"
annual_cost = 41000.5
financial_year = "2025-26"
source = "Pay scales"
"""

FILES = {
    "functions.csv": "function,parent,name,kind,evolution,codes\nbins,waste,Bins,service,commodity,x:1\n"
    "waste,,Waste,service,,\n",
    "organisations.csv": "organisation,name,peer_group,parent,start,end,successors,identifiers,aliases,driver\n"
    "ash,Ash Council,district,,2001-04-01,2024-04-01,birch,gss:1;la:ash,Ash;Ash Town,1000\n"
    "birch,Birch Council,district,,2024-04-01,,,gss:2,,2000.5\n",
    "components.csv": "component,name,kind,functions,summary,successor,stewards,available_to,open_licence,fixed_fee\n"
    'bin-days,Bin Days,service,bins,"Says ""when"", and\nwhere",bin-days-2,ash=0.5;birch=0.25,district,1,10\n'
    "bin-days-2,Bin Days 2,service,bins;waste,,,,,,\n",
    "relations.csv": "component,relation,other\nbin-days,alternative_to,bin-days-2\n",
    "standards.csv": "standard,name,address\niso-8601,Dates,https://iso.example/8601\nplain,Plain,\n",
    "component_standards.csv": "component,standard\nbin-days,iso-8601\nbin-days,plain\n",
    "profiles.csv": "component,hosting,start,contact_email,version,released_on,languages\n"
    "bin-days,hosted;self_run,1. Ask.,bins@a.example,2.1,2026-01-31,en;cy\nbin-days-2,,,,,,\n",
    "operations.csv": "component,method,path,summary\nbin-days,GET,/days/{uprn},Days\nbin-days,POST,/days/{uprn},\n",
    "columns.csv": "component,name,number,type,description\nbin-days,uprn,1,integer,\nbin-days,day,2,,The day\n",
    "blueprints.csv": "blueprint,name,kind,summary,function,source\ncollect,Collect,permission,Says when.,bins,\n",
    "steps.csv": "step,blueprint,number,verb,name\ncollect-1,collect,1,inform,Tell the day\n",
    "slots.csv": "slot,step,name,functions,required,kinds,uses_low,uses_high\n"
    "collect-1-a,collect-1,Days,bins,1,service,1,4\n",
    "benchmarks.csv": "peer_group,function,ref_cost_per_driver,ref_volume_per_driver,observations,provenance\n"
    "district,bins,0.46,6.2,27,Returns\n",
    "volumes.csv": "organisation,function,transactions,source_url\nash,bins,500,https://a.example/\n",
    "accounts.csv": "organisation,financial_year,frontline,administrative,source_url\nash,2025-26,100,20,\n",
    "contributions.csv": "organisation,component,made_on,units,summary,source_url\nash,bin-days,2026-01-02,2,A fix,\n",
    "adoptions.csv": "organisation,function,component,stage,coverage,transactions,annual_cost,price_fy,since,confirmed,"
    "evidence,published,source_url\n"
    "ash,bins,bin-days,live,0.5,250,1000.10,2025-26,2024-01-01,2026-01-01,E1,1,https://a.example/\n"
    "birch,bins,bin-days,planned,,,,,,,,,\n",
    "duplicates.csv": "organisation,function,system,supplier,coverage,annual_cost,contract_slips,evidence,reason\n"
    "ash,waste,Own tool,A supplier,1,5000,2,E2,Law\n",
    "answers.csv": "organisation,function,answer,confirmed,source_url\nbirch,waste,not_sure,2026-02-01,\n",
    "reviews.csv": "organisation,component,written_on,went_well,blocked,weeks_to_adopt\n"
    "ash,bin-days,2026-02-01,It is quick.,,6\n",
    "payments.csv": "organisation,reference,line,paid_on,supplier,amount,function,component\n"
    "ash,P1,1,2026-01-05,A supplier,-12.50,bins,bin-days\nash,P1,,,,7,,\n",
    "synonyms.csv": "term,same_as\nbins,waste collection\nrubbish,waste\n",
    "spend.csv": "organisation,file,period,source_url\nash,2026/january.csv,2026-01,https://a.example/\n",
}


class Pack:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, file: str, content: str | bytes) -> "Pack":
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def add(self, file: str, row: str) -> "Pack":
        return self.write(file, (self.folder / file).read_text() + row + "\n")

    def swap(self, file: str, old: str, new: str) -> "Pack":
        text = (self.folder / file).read_text()
        assert text.count(old) == 1, f"{old!r} must be in {file} once"
        return self.write(file, text.replace(old, new))

    def only(self, *files: str) -> "Pack":
        for file in FILES:
            if file not in files:
                (self.folder / file).unlink()
        return self

    def load(self, **options) -> PackLoad:
        return load_pack(self.folder, sheets=EVERY_SHEET, **options)

    def refusals(self, **options) -> list[str]:
        return [str(refusal) for file in self.load(**options).files for refusal in file.refusals.first]

    def refused(self, file: str, row: str) -> list[str]:
        """The refusals when the file has this row more."""
        return self.add(file, row).refusals()


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    made = Pack(tmp_path / "pack")
    made.write("pack.toml", MANIFEST).write("spend/2026/january.csv", b"Supplier;Amount\r\n\xa3;1\r\n")
    for file, content in FILES.items():
        made.write(file, content)
    return made


@pytest.fixture
def exported(tmp_path: Path):
    """Export the registry, and return the files' bytes by path."""

    def export(name: str = "export", **options) -> dict[str, bytes]:
        folder = tmp_path / name
        export_pack(folder, sheets=EVERY_SHEET, **options)
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    return export
