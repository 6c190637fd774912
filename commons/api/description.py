"""The OpenAPI description, made of the same columns and filters that answer. Serializers here never run."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import serializers

from commons.api.problems import PROBLEMS
from commons.formats.books import WRITERS
from commons.formats.negotiation import TYPES
from commons.listing import Column, Filter, Fixed, Listing

STATUSES = ("not_responsible", "not_answered", "unknown", "suppressed")
BLANK = {"required": True, "allow_null": True}


class ReferenceSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()


class ParameterErrorSerializer(serializers.Serializer):
    parameter = serializers.CharField()
    code = serializers.CharField(help_text="For programs: unknown_parameter, unknown_value, repeated, not_a_date, …")
    detail = serializers.CharField(help_text="For people: what is wrong and what would work.")


class ProblemSerializer(serializers.Serializer):
    """RFC 9457. `type` is the address of a page that explains the problem."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ParameterErrorSerializer(many=True, required=False)


class OptionSerializer(serializers.Serializer):
    value = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()
    selected = serializers.BooleanField()


def field_of(column: Column, required: bool) -> serializers.Field:
    words = {"help_text": column.help or column.label, "required": required}
    blank = words | {"allow_null": True}
    return {
        "text": lambda: serializers.CharField(**blank),
        "choice": lambda: serializers.CharField(**blank),
        "number": lambda: serializers.FloatField(**blank),
        "money": lambda: serializers.CharField(**blank | {"help_text": f"{words['help_text']} A decimal as text."}),
        "date": lambda: serializers.DateField(**blank),
        "flag": lambda: serializers.BooleanField(**blank),
        "list": lambda: serializers.ListField(child=serializers.CharField(), **words),
        "ref": lambda: ReferenceSerializer(**blank),
        "refs": lambda: ReferenceSerializer(many=True, **words),
    }[column.kind]()


def fields_of(columns: tuple[Column, ...], *, sparse: bool = False) -> dict[str, serializers.Field]:
    """The fields of a row. In a list `fields=` may leave any out."""
    made: dict[str, serializers.Field] = {}
    blank = {"required": not sparse, "allow_null": True}
    for column in columns:
        made[column.name] = field_of(column, not sparse)
        if column.kind == "choice":
            made[f"{column.name}_label"] = serializers.CharField(**blank, help_text=f"{column.label}, in words.")
        if column.status:
            words = f"Why {column.name} is blank: {', '.join(STATUSES)}."
            made[f"{column.name}_status"] = serializers.CharField(**blank, help_text=words)
    return made


def serializer(name: str, fields: dict[str, serializers.Field]) -> type[serializers.Serializer]:
    return type(f"{name}Serializer", (serializers.Serializer,), fields)


def list_of(listing: Listing, name: str) -> Any:
    """The page of a list: its rows, where it goes on, and what was asked for besides."""
    said = {
        name: serializers.CharField(required=False, allow_null=True, help_text=f"With {name}=true. {words}")
        for name, words in listing.further.items()
    }
    row = serializer(f"{name}Row", fields_of(listing.columns, sparse=True) | said)
    counted = {known.name: OptionSerializer(many=True) for known in listing.filters if known.counted}
    fields = {
        "items": row(many=True),
        "next": serializers.URLField(**BLANK),
        "prev": serializers.URLField(**BLANK),
        "total": serializers.IntegerField(required=False, help_text="With count=true."),
    }
    if counted:
        fields["facets"] = inline_serializer(f"{name}Facets", counted, required=False)
    return serializer(f"{name}List", fields)


def parameter(name: str, description: str, **more: Any) -> OpenApiParameter:
    return OpenApiParameter(name, location=OpenApiParameter.QUERY, description=description, **more)


def of_filter(known: Filter) -> OpenApiParameter:
    words = " ".join(filter(None, [f"{known.label}.", known.help, "Repeat it for “or”." if known.repeatable else ""]))
    plain = {"date": OpenApiTypes.DATE, "flag": OpenApiTypes.BOOL}.get(known.kind, OpenApiTypes.STR)
    fixed = list(known.choices.known) if isinstance(known.choices, Fixed) else None
    if known.repeatable:
        schema = {"type": "array", "items": {"type": "string"} | ({"enum": fixed} if fixed else {})}
        return parameter(known.name, words, type=schema, explode=True, style="form")
    return parameter(known.name, words, type=plain, enum=fixed)


def parameters(listing: Listing) -> list[OpenApiParameter]:
    orders = [sign + sort.name for sort in listing.sorts for sign in ("", "-") if (sort.name, sign) not in ONE_WAY]
    return [
        *map(of_filter, listing.filters),
        parameter("sort", "The order; “-” turns it round.", enum=orders, default=listing.default_sort),
        parameter("limit", "Rows on a page.", type={"type": "integer", "minimum": 1, "maximum": 500, "default": 50}),
        parameter("cursor", "Where the page begins, from `next` or `prev`."),
        parameter("count", "Also say the total.", type=OpenApiTypes.BOOL),
        parameter("facets", "Also count the rows of every filter's values.", type=OpenApiTypes.BOOL),
        *(parameter(name, words, type=OpenApiTypes.BOOL) for name, words in listing.further.items()),
        parameter(
            "fields",
            "Only these fields, separated by commas.",
            type={"type": "array", "items": {"type": "string", "enum": [column.name for column in listing.columns]}},
            explode=False,
            style="form",
        ),
        parameter(
            "format",
            "As the Accept header; every other form than JSON is the whole list.",
            enum=["json", "csv", *WRITERS],
        ),
    ]


ONE_WAY = {("relevance", "-")}


def problems(*codes: str) -> dict:
    return {
        (PROBLEMS[code].status, "application/problem+json"): OpenApiResponse(
            ProblemSerializer, description=PROBLEMS[code].title
        )
        for code in codes
    }


def describe_list(listing: Listing, name: str, tag: str, *also: str) -> Callable[[type], type]:
    """Describe a ListView by its listing. `name` is the schema's, as in `ComponentList`; `also`: other problems."""
    responses = {
        (200, "application/json"): list_of(listing, name),
        (200, TYPES["csv"]): OpenApiTypes.STR,
        **{(200, TYPES[form]): OpenApiTypes.BINARY for form in WRITERS},
        **problems("bad-parameter", "not-acceptable", *also),
    }
    return extend_schema_view(
        get=extend_schema(
            operation_id=f"list_{listing.name.replace('-', '_')}",
            summary=f"List {tag.lower()}",
            description=listing.__doc__ or "",
            tags=[tag],
            parameters=parameters(listing),
            responses=responses,
        )
    )


def describe_one(
    noun: str, tag: str, made: type[serializers.Serializer], key: str, kind: Any = OpenApiTypes.STR
) -> Callable[[type], type]:
    """Describe a DetailView. `key` says what its address takes."""
    return extend_schema_view(
        get=extend_schema(
            operation_id=f"get_{noun.replace(' ', '_')}",
            summary=f"One {noun}",
            tags=[tag],
            parameters=[
                OpenApiParameter("key", kind, OpenApiParameter.PATH, description=key),
                parameter("format", "As the Accept header.", enum=["json"]),
            ],
            responses={
                (200, "application/json"): made,
                **problems("bad-parameter", "not-found", "not-acceptable"),
            },
        )
    )
