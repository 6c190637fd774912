"""Texts that are made to cost much, each of a megabyte or as much as the bounds let through.

Run as a program it reads them all and prints, as JSON, the processor time of each and how far the memory grew.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from contextlib import suppress

from catalogue.readers import api_catalogue, backstage, codejson, dcat, openapi, publiccode, uk_metadata
from catalogue.readers.structured import MAX_BYTES, MAX_VALUES, Unreadable, json_or_yaml

TURTLE = "@prefix d: <http://www.w3.org/ns/dcat#> .\n"
TYPED = f"{TURTLE}@prefix x: <http://www.w3.org/2001/XMLSchema#> .\n<a> a d:Dataset ; d:b "
FULL = MAX_VALUES - 1_000


def filled(unit: str, head: str = "", tail: str = "") -> str:
    """As often as it fits into a megabyte."""
    return head + unit * ((MAX_BYTES - len((head + tail).encode())) // len(unit.encode())) + tail


def each(form: str, number: int) -> str:
    return "".join(form.format(place) for place in range(number))


def levels(number: int) -> str:
    return "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, number))


PLAIN = "[" + "1," * FULL + "1]"
STRUCTURED = {
    "long text": lambda: filled("x", 'a: "', '"'),
    "escapes": lambda: filled("\\x41", 'a: "', '"'),
    "block of lines": lambda: filled("  l\n", "a: >\n"),
    "words over many lines": lambda: filled(" a\n", "a:\n"),
    "line ends": lambda: filled("\n", "a: |\n  b\n", "  c\n"),
    "old line ends": lambda: filled("a\u2028", 'a: "', '"'),
    "comments": lambda: filled("# x\n"),
    "values": lambda: filled("- 1\n"),
    "numbers": lambda: "- 1.\n" * FULL,
    "long number": lambda: filled("1", "a: 1e"),
    "keys": lambda: each("k{0}: value of it {0}\n", FULL // 2),
    "one key": lambda: "a: 1\n" * (FULL // 2),
    "empty mappings": lambda: "[" + "{}," * FULL + "]",
    "nested": lambda: "[" + ("[" * 50 + "]" * 50 + ",") * 900 + "]",
    "deep brackets": lambda: filled("["),
    "deep braces": lambda: filled("{a: "),
    "deep questions": lambda: filled("? "),
    "deep hyphens": lambda: filled("- "),
    "stairs": lambda: "".join(" " * n + "a:\n" for n in range(1_400)),
    "anchors": lambda: each("- &a{0} 1\n", FULL),
    "aliases": lambda: filled("- *a\n", "- &a 1\n"),
    "laughs": lambda: "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + levels(12),
    "laughs within bounds": lambda: f"a0: &a0 [{'x, ' * 99}x]\nb: [{', '.join(['*a0'] * 480)}]\n",
    "long alias": lambda: f"a: &a {'x' * 400_000}\nb: [*a, *a]\n",
    "tag directives": lambda: each("%TAG !a{0}! b\n", 50_000),
    "documents": lambda: "---\na: 1\n" * 999,
    "quotation marks": lambda: filled('"'),
    "colons": lambda: filled(": "),
    "tabs": lambda: filled("\t"),
    "JSON numbers": lambda: PLAIN,
    "JSON texts": lambda: "[" + '"abcdefghijklmno",' * FULL + "1]",
    "JSON backslashes": lambda: filled('\\"', '"'),
    "JSON keys never closed": lambda: filled('{"'),
    "JSON that is YAML": lambda: "{a: 1, " + "b: 1, " * 20_000 + "}",
}
PUBLICCODE = {
    "languages": lambda: "description:\n" + each("  x{0}:\n    shortDescription: ééééééé\n", 8_000),
    "brackets of a licence": lambda: filled("(", "legal: {license: '", "'}"),
    "long licence": lambda: filled("MIT AND ", "legal:\n  license: "),
    "long host": lambda: filled("a.", "url: https://"),
    "long path": lambda: filled("../", "logo: "),
    "long e-mail": lambda: filled("a.", f"maintenance:\n  contacts:\n    - name: a\n      email: {'a' * 400_000}@"),
    "language tags": lambda: f"localisation:\n  availableLanguages: [{'en-abcde,' * FULL}]",
    "words to guess": lambda: f"categories: [{'integratedlib,' * FULL}]",
    "unknown keys": lambda: each("intendedAudienz{0}: x\n", FULL // 2),
    "accents": lambda: filled("\u0301", "description:\n  en:\n    shortDescription: e"),
    "joined emoji": lambda: filled("\U0001f469\u200d", "description:\n  en:\n    shortDescription: "),
    "flags": lambda: filled("\U0001f1ec", "description:\n  en:\n    shortDescription: "),
}
DCAT = {
    "resources": lambda: TURTLE + each("<http://a/{0}> a d:Dataset ; d:landingPage 'x' .\n", 1_990),
    "list": lambda: TURTLE + "<a> d:b (" + " 1" * 9_900 + ") .",
    "endless list": lambda: filled(" 1", TURTLE + "<a> d:b (", ") ."),
    "prefixes": lambda: each("PREFIX p{0}: <http://p{0}/>\n", 27_000),
    "prefixes within bounds": lambda: each("PREFIX p{0}: <http://p{0}/>\n", 490) + TURTLE,
    "bases": lambda: filled("BASE <a>\n"),
    "paths": lambda: filled("!d:b", TURTLE + "<a> d:b <a>", " ."),
    "paths back": lambda: filled("^d:b", TURTLE + "<a> d:b <a>", " ."),
    "turtle comments": lambda: filled("#\n"),
    "turtle escapes": lambda: filled("\\u00e9", TURTLE + '<a> d:b "', '" .'),
    "decimals": lambda: TYPED + ", ".join(f'"{n}e999999"^^x:decimal' for n in range(1, 9_000)) + " .",
    "odd booleans": lambda: TYPED + ", ".join(f'"{n}"^^x:boolean' for n in range(2, 9_000)) + " .",
    "wrong days": lambda: TYPED + ", ".join(f'"{n}"^^x:date' for n in range(9_000)) + " .",
    "things without a name": lambda: TURTLE + "[] a d:Dataset .\n" * 4_000,
    "terms of a context": lambda: json.dumps(
        {"@context": {f"t{n}": f"t{n - 1}:a" if n else "http://a/" for n in range(990)}, "@type": "t5"}
    ),
    "JSON-LD list": lambda: json.dumps({"@context": {"@vocab": "http://a/"}, "k": {"@list": [1] * 9_000}}),
}
OTHERS: dict[str, tuple[Callable, Callable[[], str]]] = {
    "operations": (openapi.read, lambda: "openapi: 3.0.0\npaths:\n" + each(" /{0}: {{get: 1}}\n", 12_000)),
    "variables of a server": (openapi.read, lambda: filled("{a}", "openapi: 3.0.0\nservers:\n- url: ")),
    "servers": (openapi.read, lambda: "openapi: 3.0.0\nservers:\n" + "- url: '{a}'\n" * 16_000),
    "entities": (backstage.read, lambda: "---\napiVersion: backstage.io/v1\nkind: API\n" * 990),
    "records": (uk_metadata.read, lambda: "- {type: dcat:Dataset}\n" * 4_990),
    "e-mail of ats": (uk_metadata.read, lambda: filled("a@a.", "- contactName: a\n  email: ")),
    "projects": (codejson.read, lambda: '{"projects": [' + "{},\n" * 4_990 + "{}]}"),
    "rows": (api_catalogue.read, lambda: "url,name\n" + "a,b\n" * 19_000),
    "short rows": (api_catalogue.read, lambda: "url,name," + "," * 90 + "\n" + "x\n" * 400_000),
    "endless cell": (api_catalogue.read, lambda: filled("x", 'url,name\n"')),
}
TEXTS: dict[str, tuple[Callable, Callable[[], str]]] = {
    **{name: (json_or_yaml, text) for name, text in STRUCTURED.items()},
    **{name: (publiccode.read, text) for name, text in PUBLICCODE.items()},
    **{name: (dcat.read, text) for name, text in DCAT.items()},
    **OTHERS,
}


def seconds(read: Callable, text: str) -> float:
    """Of the processor. Whether the text is refused does not matter here."""
    begun = time.process_time()
    with suppress(Unreadable):
        read(text)
    return time.process_time() - begun


def grown() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    for read, _ in TEXTS.values():
        seconds(read, "legal:\n  license: MIT")  # what is read once and kept
        seconds(read, TURTLE + "<a> a d:Dataset .")
    before = grown()
    unit = min(seconds(json_or_yaml, PLAIN) for _ in range(3))
    times = {name: seconds(read, text()) for name, (read, text) in TEXTS.items()}
    sys.stdout.write(json.dumps({"unit": unit, "times": times, "megabytes": (grown() - before) / 1024}))
