"""The columns of a portfolio file. Their names are those of the API and of the portfolio's own CSV."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Column:
    name: str
    label: str | Promise
    help: str | Promise
    example: str
    synonyms: tuple[str, ...] = ()


COLUMNS = (
    Column(
        "function", _("Function"), _("Its name, or its short name in addresses. Always needed."), "missed-bin",
        ("service", "function slug", "function code", "business function", "lgsl service", "capability", "activity"),
    ),
    Column(
        "answer", _("How you do it"),
        _("Shared, own, planned, not responsible or not sure. Left blank, it follows from the component or system."),
        "own", ("kind", "how", "how do you do it", "type of solution", "approach", "statement", "arrangement"),
    ),
    Column(
        "component", _("Shared component"), _("Its name, or its short name in addresses."), "",
        ("shared component", "component name", "component slug", "building block", "shared service", "shared system"),
    ),
    Column(
        "system", _("System of your own"), _("What it is called; where it has no name, what it is."), "Bin tracker",
        (
            "system name", "application", "application name", "app", "software", "product", "our system",
            "own system", "solution",
        ),
    ),
    Column(
        "supplier", _("Supplier"), _("Who is paid for it."), "Quill Ltd",
        ("vendor", "provider", "supplier name", "company", "contractor", "manufacturer"),
    ),
    Column(
        "stage", _("Stage"),
        _("Of a shared component: planned, pilot, partial, live or stopped. Stopped: its use has ended."), "",
        ("status", "lifecycle", "phase", "state", "in use", "use stage"),
    ),
    Column(
        "coverage", _("Part of the work"), _("The part of the function’s work that it does: 40% or 0.4."), "100%",
        ("share of the work", "share", "percentage of work", "part"),
    ),
    Column(
        "transactions", _("Transactions a year"), _("How many it does in a year."), "12,000",
        ("volume", "annual volume", "transactions per year", "annual transactions", "cases a year", "usage"),
    ),
    Column(
        "annual_cost", _("Cost a year"), _("What it costs in a year: £1,200.50."), "£1,200.50",
        (
            "cost", "yearly cost", "cost per year", "cost per annum", "cost pa", "cost p a", "annual spend",
            "contract value per year", "annual value", "price",
        ),
    ),
    Column(
        "price_fy", _("Price year"), _("The financial year whose prices the cost is in: 2026-27."), "2026-27",
        ("financial year", "cost year", "fy", "year of price", "year of cost", "prices of"),
    ),
    Column(
        "since", _("In use since"), _("A day: 31/03/2024 or 2024-03-31. Of a shared component."), "",
        ("start date", "start", "live since", "go live", "go live date", "used since", "began"),
    ),
    Column(
        "contract_end", _("Contract ends"), _("A day: 31/03/2027 or 2027-03-31. Of a system of your own."),
        "31/03/2027",
        (
            "contract end date", "contract ends on", "end date", "contract expiry", "expiry date", "contract expires",
            "renewal date", "contract until", "expiry",
        ),
    ),
    Column(
        "why", _("Why nothing shared"),
        _("It does not suit us, our contract runs on, we did not know of it, ours is better."),
        "our contract runs on", ("why no shared component is used", "why not shared", "why not", "reason code"),
    ),
    Column(
        "reason", _("In your words"), _("The same in your own words."), "",
        ("comment", "comments", "notes", "explanation", "the same in its own words", "details", "remarks"),
    ),
    Column(
        "contact", _("Whom to ask"), _("Whom other bodies may ask: a team, or a shared address."), "",
        ("contact person", "contact name", "owner", "team", "contact email", "system owner", "responsible"),
    ),
    Column(
        "source_url", _("Evidence link"), _("A web page where others can check it."), "",
        ("evidence url", "evidence page", "link", "url", "source", "web page", "web address", "contract link"),
    ),
    Column(
        "kept_back", _("Kept back"),
        _(
            "Values that the public does not see: “annual_cost until 2027-03-31; supplier for peers”. No: nothing is. "
            "Left blank, it stays as it is."
        ),
        "", ("withheld", "confidential", "not public", "hidden", "private"),
    ),
)  # fmt: skip
BY_NAME = {column.name: column for column in COLUMNS}
LEFT_OUT = ""
"""A column that is known, and not read."""
NOT_READ = (
    "function_name", "confirmed", "last confirmed", "evidence", "evidence grade", "organisation", "organisation name",
    "what to do", "row in your file", "currency", "answer label", "recorded",
)  # fmt: skip
"""Headings of files that the registry writes, which say what it knows better."""
NEEDED = "function"
ONE_OF = ("answer", "component", "system")
