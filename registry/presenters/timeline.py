"""History as a page shows it: what one act did stands together."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.urls import reverse

SHOWN_AS_ACT = ("act_label", "who", "source")


def acts(rows: Iterable[dict[str, Any]], *, own: str, of_one_kind: bool) -> list[dict[str, Any]]:
    """The newest first: {at, act_label, who, source, changes}.

    `own`: the slug of whose history it is, which is not named again. `of_one_kind`: all changes are of the one thing
    whose history it is, so that only what they say of it is shown.
    """
    found = []
    for _key, together in groupby(rows, key=lambda row: (row["event"], row["at"])):
        changes = [change(row, own, labelled=not of_one_kind) for row in together]
        first = changes[0]
        said = [one for one in changes if one["lead"] or one["about"] or one["before"] or one["after"]]
        found.append({"at": first["at"], "changes": said, **{name: first[name] for name in SHOWN_AS_ACT}})
    return found


def change(row: dict[str, Any], own: str, *, labelled: bool) -> dict[str, Any]:
    """With `about`, links to what it is about, and `lead`, what stands before them."""
    about = list(links(row, own))
    label = row["what_label"] if labelled else ""
    return row | {"about": about, "lead": f"{label}:" if label and about else label}


def links(row: dict[str, Any], own: str) -> Iterator[dict[str, str]]:
    body, function, component = (row[name] for name in ("organisation", "function", "component"))
    if body and body["slug"] != own:
        yield {"text": body["name"], "href": reverse("registry:organisation", args=[body["slug"]])}
    if function:
        yield {
            "text": function["name"],
            "href": reverse("registry:cell_history", args=[body["slug"], function["slug"]]),
        }
    elif component and component["slug"] != own:
        yield {"text": component["name"], "href": reverse("catalogue:component", args=[component["slug"]])}
