"""Every body as a row: councils of three tiers, national bodies, and the two mergers."""

from dataclasses import dataclass, field
from datetime import date

from generator import places
from generator.chance import Chance
from generator.days import LAST_MERGER, VESTING_DAY
from generator.functions import COUNTY, DISTRICT, NATIONAL, UNITARY

FOUNDED = {UNITARY: date(1998, 4, 1), DISTRICT: date(1974, 4, 1), COUNTY: date(1974, 4, 1), NATIONAL: date(2004, 4, 1)}


@dataclass
class Body:
    slug: str
    name: str
    kind: str
    peer_group: str
    driver: int
    profile: str
    region: str
    place: str
    start: date | None = None
    end: date | None = None
    successors: str = ""
    group: str = ""
    parent: str = ""
    spot: tuple[float, float] = (0.0, 0.0)
    number: int = 0
    aliases: list[str] = field(default_factory=list)

    @property
    def host(self) -> str:
        return self.slug.removesuffix("-council").removesuffix("-district")

    @property
    def declares(self) -> bool:
        return self.profile in "ABCDE"

    @property
    def founded(self) -> date:
        return self.start or FOUNDED[self.peer_group]

    @property
    def sharing_group(self) -> str:
        """The group within which bodies count as one."""
        return self.group or self.slug


def slug_of(name: str) -> str:
    return name.lower().replace(" ", "-")


def all_bodies() -> list[Body]:
    bodies = [*_unitaries(), *_two_tier_areas(), *_merged_area(), *_national()]
    counts: dict[str, int] = {}
    for body in bodies:
        counts[body.peer_group] = body.number = counts.get(body.peer_group, 0) + 1
        _settle(body)
    return bodies


def _unitaries() -> list[Body]:
    regions = list(places.REGIONS)
    made = []
    for turn, (place, (residents, profile)) in enumerate(places.UNITARIES.items()):
        made.append(_council(place, "unitary", residents, profile, regions[turn % len(regions)]))
    return made


def _council(place: str, tier: str, residents: int, profile: str, region: str) -> Body:
    middle = "" if tier == "unitary" else f" {tier.title()}"
    name = f"{place}{middle} Council"
    return Body(slug_of(name), name, tier, f"sorrelmark-{tier}", residents, profile, region, place, aliases=[place])


def _two_tier_areas() -> list[Body]:
    made: list[Body] = []
    for region, (county, (profile, districts)) in zip(places.REGIONS, places.COUNTIES.items(), strict=True):
        residents = sum(count for count, _ in districts.values())
        area = [_council(county, "county", residents, profile, region)]
        area += [_council(place, "district", *facts, region) for place, facts in districts.items()]
        if county == "Marrowdale":
            area.append(_merge(area, "Marrowdale", VESTING_DAY, "silent"))
        made += area
    return made


def _merge(area: list[Body], place: str, day: date, profile: str) -> Body:
    """Ends every body of the area on the day and returns the unitary that follows."""
    residents = sum(body.driver for body in area if body.kind == "district")
    new = _council(place, "unitary", residents, profile, area[0].region)
    new.start = day
    for body in area:
        body.end, body.successors = day, new.slug
    return new


def _merged_area() -> list[Body]:
    residents = sum(places.MERGED_DISTRICTS.values())
    area = [_council(places.MERGED_COUNTY, "county", residents, "ended", "Midmark")]
    area += [_council(place, "district", count, "ended", "Midmark") for place, count in places.MERGED_DISTRICTS.items()]
    return [*area, _merge(area, "Tansel", LAST_MERGER, "C")]


def _national() -> list[Body]:
    made = []
    for slug, (name, kind, posts, profile) in places.NATIONAL.items():
        short = name.removeprefix("Sorrelmark ").removesuffix(" Shared Services")
        body = Body(slug, name, kind, NATIONAL, posts, profile, "Midmark", short, aliases=[short])
        if kind == "agency":
            body.parent = "sorrelmark-ministry-of-local-affairs" if posts < 1000 else ""
        made.append(body)
    return made


def _settle(body: Body) -> None:
    """Gives a body its spot on the island, its founding day and its group."""
    chance = Chance("spot", body.slug)
    latitude, longitude = places.REGIONS[body.region]
    body.spot = (round(latitude + chance.between(-0.35, 0.35), 4), round(longitude + chance.between(-0.5, 0.5), 4))
    body.start = body.founded
    for company, owners in places.GROUPS.items():
        if body.slug == company or (body.place in owners and body.peer_group != NATIONAL):
            body.group = company


def body_number(body: Body) -> str:
    """The identifier in the invented list of public bodies, such as `sm-body:U001`."""
    return f"sm-body:{_letter(body)}{body.number:03d}"


def _letter(body: Body) -> str:
    return body.peer_group.removeprefix("sorrelmark-")[0].upper()


def organisation_row(body: Body) -> dict[str, object]:
    return {
        "organisation": body.slug,
        "name": body.name,
        "type": body.kind,
        "peer_group": body.peer_group,
        "affiliation_group": body.group,
        "parent": body.parent,
        "start": body.start,
        "end": body.end or "",
        "successors": body.successors,
        "identifiers": f"{body_number(body)};sm-area:X{_letter(body)}{44_000 + 17 * body.number}",
        "aliases": ";".join(body.aliases),
        "nation": "Sorrelmark",
        "region": body.region,
        "homepage": f"https://www.{body.host}.example/",
        "latitude": body.spot[0],
        "longitude": body.spot[1],
        "driver": body.driver,
    }
