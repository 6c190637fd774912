"""The includes of a list page, over a real selection of rows that need no table."""

import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from commons.listing import Facet, Filter, Fixed, Listing, Option, Selection, Sort
from commons.templatetags.lists import shown_pages

ROWS = [{"name": f"Component {number}"} for number in range(60)]
KINDS = {"service": "Service", "dataset": "Data <set>"}


class Shelf(Selection):
    """Rows from memory, whatever is asked."""

    @property
    def total(self) -> int:
        return len(ROWS)

    def slice(self, start: int, stop: int) -> list[dict]:
        return ROWS[start:stop]

    def rows(self) -> Iterator[dict]:
        return iter(ROWS)

    @property
    def facets(self) -> list[Facet]:
        return [
            Facet(
                known,
                [
                    Option(value, label, 1200, value in self.asked.values.get(known.name, []))
                    for value, label in KINDS.items()
                ],
            )
            for known in self.listing.filters
            if known.counted
        ]


class ShelfListing(Listing):
    selection_class = Shelf
    filters = (
        Filter("q", "Search", kind="text"),
        Filter("kind", "Kind", choices=Fixed(KINDS)),
        Filter("function", "Function", choices=Fixed({"bins": "Bins"}), facet=False),
        Filter("since", "Confirmed since", kind="date"),
        Filter("open", "Open licence only", kind="flag"),
    )
    sorts = (Sort("name", "name", ("name",)), Sort("adopters", "number of users", ("-adopters",)))
    default_sort = "name"


def included(template: str, address: str = "/components/", **context) -> str:
    request = RequestFactory().get(address)
    selection = ShelfListing().select(request.GET)
    return render_to_string(
        f"govuk/{template}.html",
        {"selection": selection, "page": selection.page(request.GET.get("page")), **context},
        request=request,
    )


def hrefs(html: str) -> list[str]:
    return [href.replace("&amp;", "&") for href in re.findall(r'href="([^"]*)"', html)]


def test_pagination_keeps_the_filters_of_the_address():
    links = hrefs(included("pagination", "/components/?kind=service&kind=dataset&page=2"))
    assert links == [
        "?kind=service&kind=dataset&page=1",
        "?kind=service&kind=dataset&page=1",
        "?kind=service&kind=dataset&page=2",
        "?kind=service&kind=dataset&page=3",
        "?kind=service&kind=dataset&page=3",
    ]


def test_pagination_is_absent_where_there_is_one_page():
    assert included("pagination", page=Paginator(ROWS[:5], 25).page(1)).strip() == ""


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, [1, 2, None, 9]),
        (2, [1, 2, 3, None, 9]),
        (5, [1, None, 4, 5, 6, None, 9]),
        (9, [1, None, 8, 9]),
    ],
)
def test_shown_pages_leaves_out_the_far_ones(number, shown):
    assert shown_pages(Paginator(range(9), 1).page(number)) == shown


def test_filter_ticks_what_was_chosen_and_counts_each_value():
    html = included("filter", "/components/?kind=dataset")
    assert re.search(r'name="kind" type="checkbox" value="dataset" checked', html)
    assert not re.search(r'value="service" checked', html)
    assert html.count("(1,200)") == 2
    assert "Filters (1 chosen)" in html


def test_filter_escapes_labels():
    html = included("filter", "/components/?kind=dataset")
    assert "Data <set>" not in html
    assert "Data &lt;set&gt;" in html


def test_filter_offers_apply_at_top_and_bottom():
    assert included("filter").count("Apply filters") == 2


def test_filter_keeps_the_order_and_choices_made_elsewhere_and_drops_the_page():
    html = included("filter", "/components/?sort=adopters&function=bins&page=2&q=bin")
    assert re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', html) == [
        ("sort", "adopters"),
        ("function", "bins"),
    ]
    assert re.search(r'name="q" type="search" value="bin"', html)


def test_filter_shows_dates_and_flags_as_they_were_asked():
    html = included("filter", "/components/?since=2026-03-01&open=1")
    assert 'value="2026-03-01"' in html
    assert re.search(r'name="open" type="checkbox" value="1" checked', html)


def test_filter_gives_every_field_a_label():
    html = included("filter")
    ids = re.findall(r'<input class="[^"]*" id="([^"]+)"', html)
    assert ids
    assert len(ids) == len(set(ids))
    assert set(ids) == set(re.findall(r'<label class="[^"]*" for="([^"]+)"', html))


def test_facet_that_takes_one_value_offers_radios():
    one = Facet(Filter("kind", "Kind", many=False, choices=Fixed(KINDS)), [Option("service", "Service", 3, True)])
    html = included("facet", facet=one)
    assert html.count('type="radio"') == 2
    assert "checkbox" not in html


def test_chosen_offers_to_remove_each_choice_and_all():
    links = hrefs(included("chosen", "/components/?q=bin&kind=service&kind=dataset&sort=name"))
    assert links == ["?q=bin&kind=dataset&sort=name", "?q=bin&kind=service&sort=name", "?q=bin&sort=name"]


def test_chosen_is_absent_where_nothing_is_chosen():
    assert included("chosen", "/components/?q=bin").strip() == ""


def test_downloads_keep_the_filters():
    links = hrefs(included("downloads", "/components/?kind=service&page=2", noun="components"))
    assert links == [f"?kind=service&format={form}" for form in ("csv", "json", "xlsx", "ods")]


def test_sort_says_the_present_order_and_links_the_others():
    html = included("sort", "/components/?kind=service")
    assert '<strong aria-current="true">name</strong>' in html
    assert hrefs(html) == ["?kind=service&sort=adopters"]


def test_empty_repeats_the_words_and_offers_a_way_out():
    html = included("empty", "/components/?q=<bin>&kind=service", noun="components")
    assert "0 results for ‘&lt;bin&gt;’ in components" in html
    assert hrefs(html) == ["?q=%3Cbin%3E"]


def test_empty_says_so_where_nothing_was_asked():
    assert "Nothing has been recorded here yet." in included("empty", noun="components")


def figure(rows: int) -> SimpleNamespace:
    return SimpleNamespace(
        id="shares",
        title="Half is shared",
        overview="Of 60 functions 30 are shared.",
        wide=mark_safe('<svg role="img"></svg>'),
        narrow=mark_safe('<svg role="img"></svg>'),
        columns=["Function", "Share"],
        rows=[[f"Function <{number}>", "50%"] for number in range(rows)],
        links=["/functions/0/"],
        source="The registry",
        csv_url="/charts/shares.csv",
    )


def test_figure_shows_a_short_table_and_folds_a_long_one():
    assert "<details" not in included("figure", figure=figure(12))
    assert "<details" in included("figure", figure=figure(13))


def test_figure_carries_title_overview_picture_table_source_and_file():
    html = included("figure", figure=figure(2))
    for part in (
        "Half is shared",
        "Of 60 functions",
        "<svg",
        "Function &lt;1&gt;",
        "The registry",
        "/charts/shares.csv",
    ):
        assert part in html
    assert html.count('href="/functions/0/"') == 1
