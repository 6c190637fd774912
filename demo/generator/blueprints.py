"""Six patterns of services over the demo's functions. Some slots are filled by nobody: that is meant."""

from typing import NamedTuple


class Place(NamedTuple):
    """A slot: `uses` is how often a case uses it, as low-high. The step's key and the place's own make its key."""

    key: str
    name: str
    functions: str
    uses: str = "1-1"
    required: bool = True
    kinds: str = "service"


class Pattern(NamedTuple):
    key: str
    name: str
    kind: str
    function: str
    summary: str
    steps: tuple[tuple[str, str, tuple[Place, ...]], ...]  # (verb, name, places)


OPTIONAL = False
SOURCE = "Fictional: written for the demonstration"
SIGN_IN = Place("sign-in", "Sign in", "sm-identity", "1-2")
FORM = Place("form", "The form", "sm-online-forms")
ADDRESS = Place("address", "Look up the address", "sm-addresses", "1-2")
CARD = Place("card", "Take the fee", "sm-payments", "1-1")
GUIDE = Place("guide", "The guide", "sm-web-pages", "1-4", OPTIONAL)


def tell(often: str) -> Place:
    return Place("message", "Send the message", "sm-messages", often)


PATTERNS = (
    Pattern(
        "sm-get-a-licence",
        "Apply for a licence",
        "permission",
        "sm-licences",
        "A resident or a business asks for leave to do something, pays for it, and is told yes or no.",
        (
            ("inform", "Find out which licence you need", (
                GUIDE, Place("questions", "Answer questions", "sm-question-answering", "0-1", OPTIONAL))),
            ("identify", "Prove who you are", (SIGN_IN,)),
            ("apply", "Apply", (FORM, ADDRESS)),
            ("pay", "Pay the fee", (CARD,)),
            ("check", "Check the application", (
                Place("case", "Keep the case", "sm-licences"),
                Place("others", "Ask other bodies", "sm-data-exchange", "0-3", OPTIONAL))),
            ("decide", "Decide", (
                Place("hearing", "Papers of the hearing", "sm-committee-papers", "0-0.2", OPTIONAL),)),
            ("notify", "Tell the applicant", (tell("2-4"),)),
            ("publish", "Publish what was licensed", (
                Place("register", "The public register", "sm-licences", "0-0", kinds="dataset"),)),
        ),
    ),
    Pattern(
        "sm-report-a-problem",
        "Report a problem in the street",
        "report",
        "sm-street-problems",
        "Somebody sees a pothole or a dark lamp, says where it is, and hears what was done.",
        (
            ("report", "Say what is wrong and where", (
                Place("report", "Take the report", "sm-street-problems"),
                Place("streets", "Streets and who looks after them", "sm-road-works", "0-0", kinds="dataset"))),
            ("check", "See whether it is known", (
                Place("known", "Open problems as data", "sm-street-problems", "0-0", kinds="dataset"),)),
            ("do", "Mend it", (Place("works", "Plan the work", "sm-road-works", "0-0.3", OPTIONAL),)),
            ("notify", "Tell whoever reported it", (tell("1-3"),)),
        ),
    ),
    Pattern(
        "sm-book-and-pay",
        "Book and pay",
        "booking",
        "sm-bookings",
        "A resident chooses a time or a room, pays, and is reminded.",
        (
            ("inform", "See what is on offer", (GUIDE,)),
            ("identify", "Prove who you are", (Place("sign-in", "Sign in", "sm-identity", "0-1", OPTIONAL),)),
            ("book", "Choose a time", (
                Place("calendar", "The calendar", "sm-bookings"),
                Place("rooms", "Rooms and opening hours as data", "sm-buildings", "0-0", kinds="dataset"))),
            ("pay", "Pay", (CARD,)),
            ("notify", "Confirm and remind", (tell("1-3"),)),
        ),
    ),
    Pattern(
        "sm-register-to-vote",
        "Register to vote",
        "registration",
        "sm-elections",
        "A resident is entered in a register once, and the entry is kept right.",
        (
            ("apply", "Apply", (FORM, ADDRESS)),
            ("identify", "Prove who you are", (SIGN_IN,)),
            ("check", "Compare with other records", (
                Place("others", "Ask other registers", "sm-data-exchange;sm-local-tax", "1-2"),)),
            ("record", "Enter it in the register", (Place("register", "The register", "sm-elections"),)),
            ("notify", "Send the confirmation", (tell("1-2"),)),
            ("publish", "Publish polling places", (
                Place("places", "Polling places as data", "sm-elections", "0-0", OPTIONAL, "dataset"),)),
        ),
    ),
    Pattern(
        "sm-get-support",
        "Find out what help you can get, and get it",
        "support",
        "sm-reliefs",
        "Somebody in need learns what there is, applies once, and is paid.",
        (
            ("inform", "See what you may get", (
                Place("questions", "Answer questions", "sm-question-answering;sm-reliefs", "1-3", OPTIONAL),
                Place("rules", "Rates and thresholds as data", "sm-reliefs", "0-0", kinds="dataset"))),
            ("identify", "Prove who you are", (SIGN_IN,)),
            ("apply", "Apply", (FORM,)),
            ("check", "Check income and household", (
                Place("others", "Ask other bodies", "sm-data-exchange", "2-6"),)),
            ("decide", "Decide", (
                Place("case", "Work out the award", "sm-reliefs"),
                Place("fairness", "Rules of fairness", "sm-local-tax;sm-homelessness", "0-0", OPTIONAL, "process"))),
            ("pay_out", "Pay out", (Place("payment", "Pay", "sm-care-payments;sm-ledger", "1-12"),)),
            ("notify", "Tell the applicant", (tell("2-5"),)),
        ),
    ),
    Pattern(
        "sm-plan-a-building",
        "Planning application",
        "permission",
        "sm-planning-applications",
        "Somebody wants to build. Neighbours are asked, a decision is made and published.",
        (
            ("inform", "See what the plan allows", (
                Place("policy", "Policies at the address", "sm-planning-policy", "1-3", kinds="service;dataset"),)),
            ("apply", "Apply", (
                Place("form", "The form", "sm-online-forms", "1-1", OPTIONAL), ADDRESS)),
            ("pay", "Pay the fee", (CARD,)),
            ("check", "Look into it", (
                Place("case", "Keep the case", "sm-planning-applications"),
                Place("legal", "Legal questions", "sm-legal-cases", "0-0.1", OPTIONAL))),
            ("notify", "Ask the neighbours", (tell("5-40"),)),
            ("decide", "Decide", (Place("papers", "Papers of the committee", "sm-committee-papers", "0-0.3"),)),
            ("publish", "Publish the decision", (
                Place("decisions", "Decisions as data", "sm-planning-applications", "0-0", kinds="dataset"),)),
            ("do", "Watch over the building", (
                Place("building", "Building control", "sm-building-control", "0-1", OPTIONAL),)),
        ),
    ),
)  # fmt: skip


def blueprint_rows() -> list[dict[str, object]]:
    return [
        {
            "blueprint": pattern.key,
            "name": pattern.name,
            "kind": pattern.kind,
            "summary": pattern.summary,
            "function": pattern.function,
            "source": SOURCE,
        }
        for pattern in PATTERNS
    ]


def step_rows() -> list[dict[str, object]]:
    return [
        {"step": f"{pattern.key}-{number}", "blueprint": pattern.key, "number": number, "verb": verb, "name": name}
        for pattern in PATTERNS
        for number, (verb, name, _) in enumerate(pattern.steps, 1)
    ]


def slot_rows() -> list[dict[str, object]]:
    return [
        _slot(f"{pattern.key}-{number}", place)
        for pattern in PATTERNS
        for number, (_, _, places) in enumerate(pattern.steps, 1)
        for place in places
    ]


def _slot(step: str, place: Place) -> dict[str, object]:
    low, high = place.uses.split("-")
    return {
        "slot": f"{step}-{place.key}",
        "step": step,
        "name": place.name,
        "functions": place.functions,
        "required": int(place.required),
        "kinds": place.kinds,
        "uses_low": low,
        "uses_high": high,
    }
