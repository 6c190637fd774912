"""What the demo's components offer: real standards, and invented interfaces, datasets' columns and limits."""

from generator.brick import Brick

# slug: name, address. Standards are real and public; nothing is said of them but how they are called.
STANDARDS = {
    "bpmn-2": ("BPMN 2.0, business processes", "https://www.omg.org/spec/BPMN/2.0.2/"),
    "csv-rfc-4180": ("RFC 4180, comma-separated values", "https://www.rfc-editor.org/rfc/rfc4180"),
    "dcat-3": ("DCAT 3, data catalogues", "https://www.w3.org/TR/vocab-dcat-3/"),
    "geojson": ("GeoJSON (RFC 7946)", "https://www.rfc-editor.org/rfc/rfc7946"),
    "icalendar": ("iCalendar (RFC 5545)", "https://www.rfc-editor.org/rfc/rfc5545"),
    "iso-20022": ("ISO 20022, financial messages", "https://www.iso20022.org/"),
    "iso-8601": (
        "ISO 8601, dates and times",
        "https://www.iso.org/iso-8601-date-and-time-format.html",
    ),
    "open-contracting": ("Open Contracting Data Standard", "https://standard.open-contracting.org/"),
    "open-referral-uk": ("Open Referral UK", "https://openreferraluk.org/"),
    "open311": ("Open311 GeoReport v2", "https://wiki.open311.org/GeoReport_v2/"),
    "openapi-3": ("OpenAPI Specification 3", "https://spec.openapis.org/oas/v3.1.1.html"),
    "opendocument": ("OpenDocument 1.3", "https://docs.oasis-open.org/office/OpenDocument/v1.3/"),
    "openid-connect": ("OpenID Connect", "https://openid.net/specs/openid-connect-core-1_0.html"),
    "uprn-bs-7666": (
        "UPRN and BS 7666, addresses",
        "https://www.gov.uk/government/publications/open-standards-for-government/"
        "identifying-property-and-street-information",
    ),
    "wcag-22": ("WCAG 2.2", "https://www.w3.org/TR/WCAG22/"),
}

FOLLOWED = {
    "sm-sorrelpost": "openapi-3",
    "sm-sorreltill": "openapi-3 iso-20022 wcag-22",
    "sm-sorrelgate": "openapi-3 openid-connect wcag-22",
    "sm-formquern": "openapi-3 uprn-bs-7666 wcag-22",
    "sm-slothythe": "openapi-3 icalendar iso-8601",
    "sm-place-finder": "openapi-3 uprn-bs-7666",
    "sm-pagequern": "open-referral-uk wcag-22",
    "sm-sorrelbridge": "openapi-3",
    "sm-ledgerquern": "iso-20022 csv-rfc-4180",
    "sm-tenderhythe": "open-contracting",
    "sm-paperhythe": "opendocument wcag-22",
    "sm-binhythe": "openapi-3 icalendar uprn-bs-7666",
    "sm-missed-round": "openapi-3 open311 uprn-bs-7666",
    "sm-green-round": "uprn-bs-7666",
    "sm-planquill": "openapi-3 geojson uprn-bs-7666",
    "sm-fixquill": "openapi-3 open311 geojson",
    "sm-taxhythe": "uprn-bs-7666 iso-20022",
    "sm-roadquern": "geojson",
    "sm-address-register": "csv-rfc-4180 uprn-bs-7666",
    "sm-boundary-lines": "geojson",
    "sm-public-body-list": "csv-rfc-4180 dcat-3",
    "sm-street-list": "csv-rfc-4180 uprn-bs-7666",
    "sm-round-schedule": "csv-rfc-4180 iso-8601 uprn-bs-7666",
    "sm-contract-notices": "open-contracting csv-rfc-4180",
    "sm-resident-estimates": "csv-rfc-4180",
    "sm-planning-decisions": "csv-rfc-4180 iso-8601",
    "sm-prevention-pathway": "bpmn-2",
    "sm-request-triage": "bpmn-2",
}

# Operations: method, path, what it does.
OPERATIONS = {
    "sm-sorrelpost": (
        ("GET", "/messages", "List messages and how far they are"),
        ("POST", "/messages/text", "Send a text message"),
        ("POST", "/messages/mail", "Send a mail"),
        ("POST", "/messages/letter", "Print and post a letter"),
        ("GET", "/messages/{message}", "How far one message is"),
        ("GET", "/templates", "List the templates of a service"),
    ),
    "sm-sorreltill": (
        ("POST", "/payments", "Begin a payment"),
        ("GET", "/payments/{payment}", "How a payment ended"),
        ("POST", "/payments/{payment}/refunds", "Pay back all or a part"),
        ("GET", "/reports/{day}", "What was taken on one day"),
    ),
    "sm-sorrelgate": (
        ("GET", "/authorize", "Send a resident to sign in"),
        ("POST", "/token", "Exchange the code for a token"),
        ("GET", "/userinfo", "Who signed in, and how well that is proven"),
    ),
    "sm-formquern": (
        ("GET", "/forms", "List the forms of a body"),
        ("GET", "/forms/{form}/answers", "Answers since a moment"),
        ("POST", "/forms/{form}/answers", "Send in an answer"),
    ),
    "sm-slothythe": (
        ("GET", "/calendars/{calendar}/slots", "Free slots of a week"),
        ("POST", "/calendars/{calendar}/bookings", "Book a slot"),
        ("DELETE", "/bookings/{booking}", "Give a slot back"),
    ),
    "sm-place-finder": (
        ("GET", "/addresses", "Addresses that match a part of one"),
        ("GET", "/addresses/{uprn}", "One address by its number"),
    ),
    "sm-sorrelbridge": (
        ("GET", "/directory", "What each body offers"),
        ("POST", "/messages", "Pass a record to another body"),
        ("GET", "/log", "What was passed, to whom and when"),
    ),
    "sm-tenderhythe": (
        ("GET", "/notices", "Notices since a day"),
        ("GET", "/contracts", "The contract register of a body"),
    ),
    "sm-binhythe": (
        ("GET", "/addresses/{uprn}/collections", "The next collections of an address"),
        ("GET", "/addresses/{uprn}/calendar", "The same as a calendar feed"),
    ),
    "sm-missed-round": (
        ("POST", "/requests", "Report a missed bin"),
        ("GET", "/requests/{request}", "How far a report is"),
        ("GET", "/addresses/{uprn}/collections", "What the crew recorded at an address"),
    ),
    "sm-planquill": (
        ("GET", "/applications", "Applications by area and day"),
        ("POST", "/applications", "Send in an application"),
        ("GET", "/applications/{application}", "One application with its papers"),
        ("POST", "/applications/{application}/comments", "Comment on an application"),
    ),
    "sm-fixquill": (
        ("GET", "/services", "What can be reported"),
        ("POST", "/requests", "Report a problem at a place"),
        ("GET", "/requests", "What is reported already"),
        ("GET", "/requests/{request}", "How far a report is"),
    ),
}

# Columns of datasets: name, type, what it holds.
COLUMNS = {
    "sm-address-register": (
        ("uprn", "integer", "The number of the property"),
        ("address", "string", "The address on one line"),
        ("postcode", "string", ""),
        ("easting", "number", "Metres east of the grid's origin"),
        ("northing", "number", "Metres north of the grid's origin"),
        ("body", "string", "The council it lies in"),
        ("from", "date", "Since when the number is in use"),
        ("to", "date", "Blank while it is in use"),
    ),
    "sm-boundary-lines": (
        ("body", "string", "The council's code"),
        ("detail", "string", "full, general or outline"),
        ("geometry", "geometry", "The line itself"),
        ("from", "date", ""),
        ("to", "date", "Blank while it stands"),
    ),
    "sm-public-body-list": (
        ("body", "string", "The body's code"),
        ("name", "string", ""),
        ("start", "date", ""),
        ("end", "date", "Blank while it exists"),
        ("successor", "string", "The code of the body that took over"),
    ),
    "sm-street-list": (
        ("usrn", "integer", "The number of the street"),
        ("name", "string", ""),
        ("class", "string", "The class of the road"),
        ("kept_by", "string", "The body that maintains it"),
    ),
    "sm-round-schedule": (
        ("uprn", "integer", "The number of the property"),
        ("container", "string", "Which bin"),
        ("day", "date", "The day of the collection"),
        ("moved_from", "date", "The ordinary day, where a holiday moved it"),
    ),
    "sm-contract-notices": (
        ("ocid", "string", "The contracting process"),
        ("buyer", "string", "The body's code"),
        ("supplier", "string", "The supplier's number"),
        ("value", "number", "In £"),
        ("end", "date", "When the contract ends"),
    ),
    "sm-resident-estimates": (
        ("area", "string", ""),
        ("year", "integer", ""),
        ("age", "integer", "90 holds all from 90 on"),
        ("residents", "integer", "Rounded to ten"),
    ),
    "sm-planning-decisions": (
        ("reference", "string", ""),
        ("uprn", "integer", ""),
        ("decision", "string", ""),
        ("decided", "date", ""),
    ),
}


def standard_rows() -> list[dict[str, object]]:
    return [{"standard": slug, "name": name, "address": address} for slug, (name, address) in STANDARDS.items()]


def component_standard_rows(bricks: tuple[Brick, ...]) -> list[dict[str, object]]:
    return [
        {"component": brick.slug, "standard": standard}
        for brick in bricks
        for standard in sorted(FOLLOWED.get(brick.slug, "").split())
    ]


def operation_rows() -> list[dict[str, object]]:
    return [
        {"component": slug, "method": method, "path": path, "summary": summary}
        for slug, operations in OPERATIONS.items()
        for method, path, summary in operations
    ]


def column_rows() -> list[dict[str, object]]:
    return [
        {"component": slug, "name": name, "number": number, "type": kind, "description": text}
        for slug, found in COLUMNS.items()
        for number, (name, kind, text) in enumerate(found, 1)
    ]
