"""What the generator knows about a component before it is written as a row."""

from typing import NamedTuple


class Brick(NamedTuple):
    """One component.

    `open_flags`: four characters for licence, standard, metadata and export; `1`, `0` or `-` (not stated).
    `spread`: who may adopt it. `shared`: anybody; `two`, `one`: exactly so many independent adopters; `affiliates`:
    only the steward's own group; `none`: nobody yet.
    """

    slug: str
    name: str
    functions: str
    stewards: str
    summary: str
    points: str
    licence: str = "MIT"
    open_flags: str = "1111"
    price: str = ""
    fee: str = ""
    lifecycle: str = "live"
    spread: str = "shared"
    successor: str = ""
    available: str = ""
    external: str = ""
    kind: str = "service"

    @property
    def function_list(self) -> list[str]:
        return self.functions.split(";")

    @property
    def steward_list(self) -> list[str]:
        return [part.partition("=")[0] for part in self.stewards.split(";") if part]

    @property
    def host(self) -> str:
        return self.slug.removeprefix("sm-")


def component_row(brick: Brick, steward_names: dict[str, str]) -> dict[str, object]:
    flags = ("" if flag == "-" else flag for flag in brick.open_flags)
    columns = dict(zip(("open_licence", "open_standard", "valid_metadata", "data_exportable"), flags, strict=True))
    service = brick.kind == "service"
    return {
        "component": brick.slug,
        "name": brick.name,
        "kind": brick.kind,
        "functions": brick.functions,
        "summary": brick.summary,
        "description": description(brick, steward_names),
        "url": f"https://{brick.host}.commons.example/",
        "repository": f"https://code.commons.example/{brick.host}" if service and brick.open_flags[0] == "1" else "",
        "documentation": f"https://{brick.host}.commons.example/docs" if brick.points else "",
        "licence": brick.licence,
        "lifecycle": brick.lifecycle,
        "successor": brick.successor,
        "stewards": brick.stewards,
        "available_to": brick.available,
        **columns,
        "price_per_transaction": brick.price,
        "fixed_fee": brick.fee,
        "external_independent_adopters": brick.external,
        "source": "Fictional: written for the demonstration",
    }


def description(brick: Brick, steward_names: dict[str, str]) -> str:
    """Markdown in three paragraphs, or nothing where a steward has written none."""
    if not brick.points:
        return ""
    points = (point.strip() for point in brick.points.split(";"))
    listed = "\n".join(f"- {point[0].upper()}{point[1:]}" for point in points)
    keepers = " and ".join(steward_names[steward] for steward in brick.steward_list) or "Nobody at present"
    verb = "look" if len(brick.steward_list) > 1 else "looks"
    return (
        f"{brick.summary}\n\n{_OPENING[brick.kind]}\n\n{listed}\n\n"
        f"{keepers} {verb} after it. Read the [documentation](https://{brick.host}.commons.example/docs) "
        f"before you start, and tell the steward what you miss."
    )


_OPENING = {
    "service": "What you get:",
    "dataset": "What is in it:",
    "process": "What it asks of you:",
}
