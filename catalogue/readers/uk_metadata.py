"""Records of the United Kingdom's cross-government metadata model: data services and datasets, in YAML or JSON."""

import re
from collections.abc import Iterator

from catalogue.readers.description import ComponentDescription, Contact, Problem, Reading
from catalogue.readers.structured import Looking, Unreadable, yaml_documents
from catalogue.readers.structured.looking import problem_of
from catalogue.readers.structured.showing import quoted

FORMAT = "uk-metadata-model"
KINDS = {"dcat:DataService": "service", "dcat:Dataset": "dataset", "dcat:Distribution": ""}
RESOURCE = (
    *("accessRights", "contactPoint", "creator", "description", "identifier", "licence", "modified", "publisher"),
    *("securityClassification", "title", "type", "version"),
)
NEEDED = {
    "dcat:DataService": (*RESOURCE, "endpointDescription", "serviceStatus", "serviceType"),
    "dcat:Dataset": (*RESOURCE, "updateFrequency"),
    "dcat:Distribution": ("identifier", "licence", "mediaType", "title", "type"),
}
MAY = {
    "dcat:DataService": (
        *("alternativeTitle", "created", "issued", "keyword", "relatedResource", "summary", "theme"),
        *("endpointURL", "servesData"),
    ),
    "dcat:Dataset": (
        *("alternativeTitle", "created", "issued", "keyword", "relatedResource", "summary", "theme"),
        "distribution",
    ),
    "dcat:Distribution": (
        *("accessRights", "accessService", "byteSize", "description", "downloadURL", "issued", "modified"),
    ),
}
LIFECYCLES = {
    "DISCOVERY": "",
    "ALPHA": "alpha",
    "BETA": "beta",
    "PRIVATE_BETA": "beta",
    "PUBLIC_BETA": "beta",
    "LIVE": "live",
    "DEPRECATED": "deprecated",
    "WITHDRAWN": "retired",
}
FREQUENCIES = (
    *("triennial", "biennial", "annual", "semiannual", "threeTimesAYear", "quarterly", "bimonthly", "monthly"),
    *("semimonthly", "biweekly", "threeTimesAMonth", "weekly", "semiweekly", "threeTimesAWeek", "daily", "continuous"),
    "irregular",
)
CHOICES = {
    "accessRights": ("INTERNAL", "OPEN", "COMMERCIAL"),
    "securityClassification": ("OFFICIAL", "SECRET", "TOP_SECRET", "NOT_APPLICABLE"),
    "serviceStatus": tuple(LIFECYCLES),
    "serviceType": ("EVENT", "REST", "SOAP"),
    "updateFrequency": tuple(f"freq:{word}" for word in FREQUENCIES),
}
TEXTS = ("title", "description", "version", "identifier", "licence", "publisher", "summary", "mediaType")
LISTS = ("alternativeTitle", "creator", "keyword", "relatedResource", "servesData", "theme")
DAYS = ("created", "issued", "modified")
EMAIL = re.compile(r"\S+@[^\s@]+\.[^\s@]+")
MEDIA_TYPE = re.compile(r"(application|audio|font|image|message|model|multipart|text|video)/\S+")
LICENCE = re.compile(r"DATA_SHARE_AGREEMENT|[A-Za-z][\w.+-]*:\S+")
LONGEST_SUMMARY = 250


def read(text: str) -> Reading:
    """Several records may stand in one text, as documents or as a list.

    A distribution or a contact by itself is checked, and describes no component.
    """
    problems: list[Problem] = []
    found: list[ComponentDescription] = []
    try:
        for document in yaml_documents(text):
            looking = Looking(document, problems=problems)
            looking.mistakes()
            many = isinstance(document.value, list)
            for record in looking.members() if many else [looking]:
                found.extend(read_record(record))
    except Unreadable as error:
        problems.append(problem_of(error))
    return Reading(descriptions=found, problems=problems)


def read_record(looking: Looking) -> Iterator[ComponentDescription]:
    if not looking.is_mapping():
        looking.error((), "A record must be a mapping of keys to values.")
        return
    if looking.get("type") is None and {"contactName", "email"} & set(looking.mapping()):
        check_contact(looking)
        return
    if not looking.required("type"):
        return
    kind = looking.text("type")
    if kind not in KINDS:
        looking.error(("type",), f"{quoted(kind)} is not one of {', '.join(KINDS)}.")
        kind = f"dcat:{kind}"  # what was meant, so that the rest is checked too
    if kind not in KINDS:
        return
    check(looking, kind)
    if KINDS[kind]:
        yield described(looking, kind)


def check(looking: Looking, kind: str) -> None:
    for key in NEEDED[kind]:
        looking.required(key)
    for key in looking.mapping():
        if key not in NEEDED[kind] + MAY[kind]:
            looking.error((key,), f"The model does not know {quoted(key)} here: look how it is spelt.")
    for key, known in CHOICES.items():
        looking.choice(key, known={word: word for word in known})
    for key in TEXTS:
        looking.text(key)
    for key in LISTS:
        looking.texts(key)
    for key in DAYS:
        looking.day(key)
    check_forms(looking)
    if looking.get("contactPoint") is not None and looking.mapping("contactPoint"):
        check_contact(looking.below("contactPoint"))
    check_distributions(looking)


def check_forms(looking: Looking) -> None:
    media_type, licence, summary = (looking.get(key) for key in ("mediaType", "licence", "summary"))
    if isinstance(media_type, str) and not MEDIA_TYPE.fullmatch(media_type):
        looking.error(("mediaType",), f"{quoted(media_type)} is no media type: write one such as text/csv.")
    if isinstance(licence, str) and not LICENCE.fullmatch(licence):
        looking.error(("licence",), "A licence is an address, or DATA_SHARE_AGREEMENT.")
    if isinstance(summary, str) and len(summary) > LONGEST_SUMMARY:
        looking.error(("summary",), f"A summary has at most {LONGEST_SUMMARY} characters.")


def check_contact(looking: Looking) -> None:
    looking.required("contactName")
    email = looking.text("email") if looking.required("email") else ""
    if email and not EMAIL.fullmatch(email):
        looking.error(("email",), f"{quoted(email)} is no email address.")


def check_distributions(looking: Looking) -> None:
    """Each is the address of one, or the whole of it."""
    for place, said in looking.items("distribution"):
        if isinstance(said, str):
            continue
        one = looking.below("distribution", place)
        if one.mapping():
            check(one, "dcat:Distribution")


def described(looking: Looking, kind: str) -> ComponentDescription:
    service = kind == "dcat:DataService"
    identifier = looking.text("identifier")
    page = identifier if identifier.startswith(("http://", "https://")) else ""
    return ComponentDescription(
        format=FORMAT,
        kind=KINDS[kind],
        identifier=identifier,
        name=looking.text("title"),
        summary=looking.text("summary"),
        description=looking.text("description"),
        url=looking.address("endpointURL") if service else page,
        documentation=page if service else "",
        api_description=looking.text("endpointDescription"),
        licence=looking.text("licence"),
        lifecycle=LIFECYCLES.get(looking.text("serviceStatus"), ""),
        version=looking.text("version"),
        released_on=looking.day("issued"),
        owner=looking.text("publisher"),
        contacts=list(contacts(looking)),
        keywords=looking.texts("keyword"),
        document=looking.get(),
    )


def contacts(looking: Looking) -> Iterator[Contact]:
    if looking.is_mapping("contactPoint"):
        told = {"name": "contactName", "email": "email", "phone": "telephone"}
        yield Contact(**{name: looking.text("contactPoint", key) for name, key in told.items()})
