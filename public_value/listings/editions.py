"""Editions, and the revisions of one of them."""

from django.db.models import QuerySet
from django.utils import timezone

from commons.listing import Asked, Column, QueryListing, Sort
from commons.listing.rows import labelled
from commons.listing.selection import Row
from commons.working_days import PROMISED
from public_value.models import Edition, EditionState
from public_value.presenters.publication import bundle_address


class EditionListing(QueryListing):
    """Editions of the public value index: dated calculations of all figures, each with what it was made of."""

    name = "editions"
    columns = (
        Column("label", "Edition"),
        Column("revision", "Revision", "A correction is a further revision of the same label.", kind="number"),
        Column("erratum", "What a correction corrects"),
        Column("snapshot_date", "As recorded for", kind="date"),
        Column("state", "State", kind="choice", choices=dict(EditionState.choices)),
        Column("method_version", "Method"),
        Column("params_hash", "Parameters", "SHA-256 of the method's parameter file as canonical JSON."),
        Column("snapshot_hash", "Snapshot", "SHA-256 over the files of the registry's exported pack."),
        Column("benchmark_edition", "Benchmarks"),
        Column("base_financial_year", "Prices of"),
        Column("seed", "Seed"),
        Column("draws", "Draws", kind="number"),
        Column("code_version", "Code"),
        Column("computed_at", "Computed", kind="date"),
        Column("reply_from", "Replies from", kind="date"),
        Column("reply_until", "Replies until", kind="date"),
        Column(
            "reply_working_days",
            "Working days for replies",
            f"Monday to Friday, holidays included; {PROMISED} are promised.",
            kind="number",
        ),
        Column("published_at", "Published", kind="date"),
        Column("bundle", "Open data", "Path of a zip that holds all inputs, all results and a program that compares."),
        Column("bundle_sha256", "SHA-256 of the open data"),
        Column("since", "Changes since", "The earlier edition that its trends begin at."),
        Column("note", "Note"),
    )
    sorts = (Sort("snapshot_date", "Latest first", ("-snapshot_date",)),)
    default_sort = "snapshot_date"
    fields = {column.name: column.name for column in columns if column.name not in ("bundle", "reply_working_days")} | {
        "bundle_sha256": "bundle__sha256",
        "since": "compared_with__label",
    }

    def base(self, asked: Asked) -> QuerySet:
        return Edition.objects.listed()

    def row(self, values: Row) -> Row:
        days = {name: values[name] and timezone.localdate(values[name]) for name in ("computed_at", "published_at")}
        address = bundle_address(values["label"], values["revision"]) if values["bundle_sha256"] else None
        reply = Edition(reply_from=values["reply_from"], reply_until=values["reply_until"]).reply_working_days
        return labelled(self.columns, values | days | {"bundle": address, "reply_working_days": reply})


class RevisionListing(EditionListing):
    """The revisions of one edition that were published once, newest first. A correction says in `erratum` what was
    wrong before; what it took the place of stays readable as it was."""

    name = "revisions"
    sorts = (Sort("revision", "Newest first", ("-revision",)),)
    default_sort = "revision"

    def __init__(self, label: str = "") -> None:
        self.label = label

    def base(self, asked: Asked) -> QuerySet:
        return Edition.objects.standing().filter(label=self.label)
