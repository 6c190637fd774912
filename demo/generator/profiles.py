"""What a body wants to know before it takes a component up. Some steward has left each column blank."""

from generator.brick import Brick
from generator.chance import Chance
from generator.days import before_snapshot
from generator.offers import OPERATIONS

# Nobody has written one of these.
WITHOUT = {"sm-casewrack", "sm-premises-list", "sm-holdings-list", "sm-one-dig", "sm-rollhythe", "sm-planwrack"}
SELF_RUN = {"sm-cindertill", "sm-estatewrack", "sm-staffwrack", "sm-sandquill", "sm-homequill"}
EITHER = {"sm-formquern": "hosted;self_run", "sm-pagequern": "self_run;supplier", "sm-fixquill": "hosted;self_run"}
SUPPLIED = {"sm-ledgerquern", "sm-mendhythe", "sm-loanquill", "sm-paperhythe"}

LIMITS = {
    "sm-sorrelpost": "A text may have 612 characters. Letters leave on working days before 17:00 only.",
    "sm-sorreltill": "No payments by instalment. A refund after 90 days goes by bank transfer.",
    "sm-sorrelgate": "People without a photo document reach the second level of proof only, not the third.",
    "sm-formquern": "At most 200 questions in a form. Files that a resident sends in are kept for 30 days.",
    "sm-slothythe": "One time zone. A booking for several people at once counts as one.",
    "sm-place-finder": "New properties appear up to six weeks after they are finished.",
    "sm-pagequern": "The directory holds 5,000 entries well; searching slows down beyond that.",
    "sm-tallyhythe": "Casual staff paid by the day need a second run. No pay in another currency.",
    "sm-ledgerquern": "A body with companies of its own keeps one ledger for each.",
    "sm-binhythe": "Shared bins of blocks of flats are shown by block, not by flat.",
    "sm-missed-round": "Works only where crews record their round on a device.",
    "sm-hearthquill": "Households who move to another council during a plan get a second plan there.",
    "sm-planquill": "Drawings above 50 MB must be split. National infrastructure projects do not fit.",
    "sm-taxhythe": "Second homes with two owners in two councils are worked by hand.",
    "sm-kindquill": "Import of old case notes keeps the text and loses the layout.",
    "sm-fixquill": "Reports from places without a street number need a pin on the map.",
    "sm-address-register": "Caravans and moorings have a number only where somebody lives there.",
    "sm-round-schedule": "Commercial collections are not in it.",
    "sm-contract-notices": "Contracts below £25,000 are in it only where a body publishes them.",
}

ENDS = {"sm-text-gateway": "2023-12-31", "sm-sorrelpost-classic": "2027-03-31", "sm-permit-desk": "2026-12-31"}
LANGUAGES = {"sm-sorreltill": "en;cy", "sm-formquern": "en;cy;pl", "sm-pagequern": "en;cy"}
KEYWORDS = {
    "sm-sorrelpost": "text messages;mail;letters;reminders",
    "sm-sorreltill": "card payments;refunds",
    "sm-sorrelgate": "sign-in;passkeys;proof of identity",
    "sm-formquern": "forms;save and return",
    "sm-slothythe": "appointments;room booking;waiting list",
    "sm-place-finder": "address lookup;geocoding",
    "sm-binhythe": "collection days;recycling",
    "sm-missed-round": "missed collection;waste",
    "sm-planquill": "planning;consultation",
    "sm-fixquill": "potholes;street lights;litter",
    "sm-address-register": "property numbers;gazetteer",
}
SUPPORT = (
    "Working days from 9:00 to 17:00 by mail; an answer within one working day.",
    "A shared chat of users and the team. What stops a service is looked at day and night, within an hour.",
    "By mail, within three working days. There is no night service.",
)
LEAVING = (
    "Give one month's notice. All records are handed over as CSV files, and deleted here 30 days later.",
    "Export everything at any time from the settings page. Notice is three months, to the end of a quarter.",
)


def profile_rows(bricks: tuple[Brick, ...]) -> list[dict[str, object]]:
    return [profile_row(brick) for brick in bricks if brick.slug not in WITHOUT]


def profile_row(brick: Brick) -> dict[str, object]:
    chance = Chance("profile", brick.slug)
    known = bool(brick.points)  # who has written no description has answered little else
    service = brick.kind == "service"
    site = f"https://{brick.host}.commons.example"
    contact = known or chance.happens(0.5)
    return {
        "component": brick.slug,
        "hosting": hosting(brick) if service else "",
        "start": start(brick, site) if known and brick.lifecycle == "live" else "",
        "start_url": f"{site}/start" if known and service and chance.happens(0.8) else "",
        "contact_name": f"{brick.name} team" if contact else "",
        "contact_email": f"team@{brick.host}.commons.example" if contact and chance.happens(0.8) else "",
        "contact_url": f"{site}/contact" if known and chance.happens(0.4) else "",
        "support": chance.pick(SUPPORT) if known and service and chance.happens(0.8) else "",
        "security_url": f"{site}/security" if known and service and chance.happens(0.6) else "",
        "accessibility_url": f"{site}/accessibility" if known and service and chance.happens(0.7) else "",
        "api_description_url": f"{site}/openapi.yaml" if brick.slug in OPERATIONS else "",
        "leaving": chance.pick(LEAVING) if known and service and brick.open_flags[3] == "1" else "",
        "limits": LIMITS.get(brick.slug, ""),
        **release(brick, chance),
        "ends_on": ENDS.get(brick.slug, ""),
        "languages": LANGUAGES.get(brick.slug, "en" if service and known else ""),
        "keywords": KEYWORDS.get(brick.slug, ""),
    }


def hosting(brick: Brick) -> str:
    if brick.slug in EITHER:
        return EITHER[brick.slug]
    if brick.slug in SELF_RUN:
        return "self_run"
    return "supplier" if brick.slug in SUPPLIED else "hosted"


def start(brick: Brick, site: str) -> str:
    steps = {
        "service": (
            f"Ask for a test account on the [start page]({site}/start): it comes the same day.",
            "Try it with ten real cases and the people who work on them.",
            "Sign the agreement for public bodies. There is no tender to run.",
            "Go live with one team, then with all.",
        ),
        "dataset": (
            f"Download the [latest file]({site}/) and read the notes on its columns.",
            "Ask to be told of changes, so that your copy does not go stale.",
        ),
        "process": (
            f"Read the [handbook]({site}/docs) with the team that does the work.",
            "Try it for a month beside the old way, and write down where they differ.",
        ),
    }
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps[brick.kind], 1))


def release(brick: Brick, chance: Chance) -> dict[str, object]:
    """A version and its day; old ones of what is being switched off, none of what has begun only now."""
    if brick.lifecycle in ("draft", "alpha") or brick.kind == "process":
        return {}
    days = chance.whole(12, 700) if brick.lifecycle in ("live", "beta") else chance.whole(900, 1500)
    version = f"{chance.whole(1, 6)}.{chance.whole(0, 14)}" if brick.kind == "service" else ""
    return {"version": version, "released_on": before_snapshot(days)}
