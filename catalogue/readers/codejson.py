"""code.json: what federal agencies of the United States say of their code.

Version 2.0 for one repository, and an agency's list of them (`projects`, before that `releases`).
"""

from collections.abc import Iterator

from catalogue.readers.description import ComponentDescription, Contact, Reading
from catalogue.readers.structured import Looking, Unreadable, json_document
from catalogue.readers.structured.looking import unreadable

FORMAT = "code.json"
LISTS = ("projects", "releases")
# The published text of 2.0 also asks for `languages`, and forbids it by not defining it: it is not asked for here.
NEEDED = (
    *("name", "description", "permissions", "organization", "repositoryURL", "status", "repositoryVisibility", "vcs"),
    *("laborHours", "reuseFrequency", "maintenance", "contractNumber", "date", "tags", "contact"),
    *("feedbackMechanisms", "AIUseCaseInventory"),
)
NEEDED_OF_LISTED = ("name", "permissions")  # lists are of several versions
LIFECYCLES = {
    "Ideation": "",
    "Development": "alpha",
    "Alpha": "alpha",
    "Beta": "beta",
    "Release Candidate": "beta",
    "Production": "live",
    "Archival": "retired",
}
CLOSED = "private"  # a repository that is not shown may say so where its address would stand
NO_REASON = "The code is exempt from sharing: say why in one or two sentences."


def read(text: str) -> Reading:
    try:
        document = json_document(text)
    except Unreadable as error:
        return unreadable(error)
    looking = Looking(document)
    looking.mistakes()
    if not looking.is_mapping():
        looking.error((), "The text must be a mapping of keys to values.")
        return Reading(problems=looking.problems)
    return Reading(descriptions=list(descriptions(looking)), problems=looking.problems)


def descriptions(looking: Looking) -> Iterator[ComponentDescription]:
    listed = next((key for key in LISTS if looking.get(key) is not None), "")
    if not listed:
        yield described(looking, NEEDED, "2.0")
        return
    for project in looking.members(listed):
        if project.mapping():
            yield described(project, NEEDED_OF_LISTED, looking.text("version"))


def described(looking: Looking, needed: tuple[str, ...], version: str) -> ComponentDescription:
    for key in needed:
        if looking.get(key) is None:
            looking.required(key)
    check_exemption(looking)
    closed = looking.get("repositoryURL") in (CLOSED, "")
    return ComponentDescription(
        format=FORMAT,
        format_version=version,
        kind="service",
        identifier="" if closed else looking.text("repositoryURL"),
        name=looking.text("name"),
        summary=looking.text("description"),
        description=looking.text("longDescription"),
        url=looking.address("homepageURL"),
        repository="" if closed else looking.address("repositoryURL"),
        licence=licence(looking),
        lifecycle=looking.choice("status", known=LIFECYCLES) if needed is NEEDED else "",
        version=looking.text("version") if looking.root else "",
        owner=looking.text("organization"),
        contacts=list(contacts(looking)),
        keywords=looking.texts("tags"),
        document=looking.get(),
    )


def check_exemption(looking: Looking) -> None:
    """`usageType` is a list in 2.0 and one word before."""
    usage = looking.get("permissions", "usageType")
    words = usage if isinstance(usage, list) else [usage]
    if any(isinstance(word, str) and word.startswith("exempt") for word in words):
        looking.required("permissions", "exemptionText", what=NO_REASON)


def licence(looking: Looking) -> str:
    """Its name, or its address where the name says nothing. Several have semicolons between: the format does not say
    how they stand to each other."""
    found = []
    for place, _ in looking.items("permissions", "licenses"):
        one = looking.below("permissions", "licenses", place)
        name = one.text("name") if one.mapping() else ""
        found.append(name if name not in ("", "Other", "None") else one.text("URL") if one.is_mapping() else "")
    return "; ".join(filter(None, found))


def contacts(looking: Looking) -> Iterator[Contact]:
    if looking.mapping("contact"):
        told = {key: looking.text("contact", key) for key in ("name", "email", "phone")}
        yield Contact(**told, url=looking.text("contact", "URL"))
