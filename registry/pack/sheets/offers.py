"""What components offer: standards, profiles of what a body asks, operations of services, columns of datasets."""

from catalogue.models import Column, Component, Hosting, Operation, Profile, Standard
from catalogue.models.interface import METHODS
from registry.pack import columns, values
from registry.pack.sheet import Sheet

FOLLOWED = Component.standards.through
COMPONENT = columns.reference("component", "component", required=True)
OF_ROW = "SELECT s.component FROM pack_plan p JOIN pack_staged s ON s._line = p.line"

STANDARDS = Sheet(
    file="standards.csv",
    model=Standard,
    noun="standard",
    key=("standard",),
    columns=(
        columns.key("standard"),
        columns.text("name", 300, required=True),
        columns.web_address("address"),
    ),
    searched=f"SELECT j.component_id FROM {FOLLOWED._meta.db_table} j JOIN pack_plan p ON p.id = j.standard_id",
)

COMPONENT_STANDARDS = Sheet(
    file="component_standards.csv",
    model=FOLLOWED,
    key=("component", "standard"),
    columns=(COMPONENT, columns.reference("standard", "standard", required=True)),
    searched=OF_ROW,
)

PROFILES = Sheet(
    file="profiles.csv",
    model=Profile,
    key=("component",),
    columns=(
        COMPONENT,
        columns.texts("hosting", values.choice(Hosting.values)),
        columns.text("start"),
        columns.web_address("start_url"),
        columns.text("contact_name", 300),
        columns.mail_address("contact_email"),
        columns.web_address("contact_url"),
        columns.text("support"),
        columns.web_address("security_url"),
        columns.web_address("accessibility_url"),
        columns.web_address("api_description_url"),
        columns.text("leaving"),
        columns.text("limits"),
        columns.text("version", 120),
        columns.day("released_on"),
        columns.day("ends_on"),
        columns.texts("languages", values.text(35)),
        columns.texts("keywords", values.text(120)),
    ),
    searched=OF_ROW,
)

OPERATIONS = Sheet(
    file="operations.csv",
    model=Operation,
    key=("component", "method", "path"),
    columns=(
        COMPONENT,
        columns.choice("method", METHODS, required=True),
        columns.text("path", 1000, required=True),
        columns.text("summary"),
    ),
)

COLUMNS = Sheet(
    file="columns.csv",
    model=Column,
    key=("component", "name"),
    columns=(
        COMPONENT,
        columns.text("name", 300, required=True),
        columns.whole("number", 2_147_483_647, required=True),
        columns.text("type", 120),
        columns.text("description"),
    ),
)
