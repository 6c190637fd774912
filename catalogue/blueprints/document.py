"""An assembly as an OpenDocument text, to hand in and to write into."""

from datetime import date
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from odfdo import Cell, Document, Header, List, Paragraph, Row, Table

from catalogue.blueprints.gathering import Assembled
from catalogue.blueprints.pages import result
from commons import formatting
from commons.xml import writable

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"


def document(found: Assembled, address: str, on: date) -> bytes:
    """`address` is where the same assembly is found on the web."""
    said = result(found)
    made = Document("text")
    body = made.body
    body.clear()
    body.append(Header(1, writable(found.pattern.blueprint.name)))
    for text in (found.pattern.blueprint.summary, said["summary"]):
        body.append(Paragraph(writable(text)))
    body.append(Header(2, _("What is chosen")))
    body.append(table("choices", [_("Step"), _("Slot"), _("Component")], [chosen(row) for row in said["choices"]]))
    append_cost(body, said["cost"])
    append_findings(body, said["groups"])
    body.append(Header(2, _("Who runs it")))
    body.append(Paragraph(writable(said["runners"]["headline"])))
    body.append(bullets([one["name"] for one in said["runners"]["bodies"]]))
    body.append(Paragraph(writable(f"{address} · {formatting.plain_date(on)}")))
    made.meta.title = writable(found.pattern.blueprint.name)
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def append_cost(body: Any, cost: dict[str, Any]) -> None:
    body.append(Header(2, _("What it costs")))
    for text in (cost["headline"], cost["cases"], cost["blanks"]):
        if text:
            body.append(Paragraph(writable(text)))
    heads = [_("Component"), _("Transactions a year"), _("Known cost a year"), _("Not stated")]
    rows = [[row["name"], row["transactions"], row["known"], "; ".join(row["blanks"])] for row in cost["rows"]]
    body.append(table("cost", heads, rows))


def append_findings(body: Any, groups: list[dict[str, Any]]) -> None:
    body.append(Header(2, _("What was found")))
    for group in groups:
        body.append(Header(3, writable(group["label"])))
        body.append(bullets([finding["sentence"] for finding in group["findings"]]))
    if not groups:
        body.append(Paragraph(_("Nothing that stands in the way.")))


def chosen(row: dict[str, Any]) -> list[str]:
    return [row["step"], row["slot"], row["component"].name if row["component"] else f"({row['empty']})"]


def table(name: str, heads: list[str], rows: list[list[str]]) -> Table:
    made = Table(name)
    for cells in [heads, *rows]:
        row = Row()
        for text in cells:
            cell = Cell(cell_type="string")
            cell.append(Paragraph(writable(text)))
            row.append_cell(cell)
        made.append_row(row)
    return made


def bullets(texts: list[str]) -> List:
    return List([writable(text) for text in texts])
