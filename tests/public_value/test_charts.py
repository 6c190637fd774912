import re
import xml.etree.ElementTree as ET

import pytest

from public_value.charts import Bar, Dot, bars, dot_strip, stacked_bar, stacked_bars

HOSTILE = '<script>alert("x")</script> & "quotes"'


def plain_bars(rows, **about):
    told = {"id": "spend", "title": "Most is spent on bins", "overview": "Bins cost most.", "measure": "Spend"}
    return bars(rows=rows, show=lambda value: f"£{value:,}", **told | about)


def stacked(rows, keys):
    return stacked_bars(id="adoption", title="A title", overview="An overview", rows=rows, keys=keys, show=str)


def test_bars_write_the_same_facts_in_picture_and_table():
    figure = plain_bars([Bar("Bins", [1200], link="/functions/bins/"), Bar("Pay", [0])])
    assert figure.rows == [["Bins", "£1,200"], ["Pay", "£0"]]
    assert figure.links == ["/functions/bins/", ""]
    assert "£1,200" in figure.wide
    assert "£1,200" in figure.narrow


def test_bars_draw_at_most_twelve_and_list_all():
    figure = plain_bars([Bar(f"Function {number}", [number]) for number in range(30)])
    assert len(figure.rows) == 30
    assert "Function 11" in figure.wide
    assert "Function 12" not in figure.wide


@pytest.mark.parametrize("variant", ["wide", "narrow"])
def test_svg_is_named_for_screen_readers_and_has_no_inline_style_or_script(variant):
    svg = getattr(plain_bars([Bar("Bins", [3])]), variant)
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"spend-{variant}-title spend-{variant}-desc"
    assert "style=" not in svg
    assert "<script" not in svg
    assert "<a " not in svg


def test_svg_escapes_what_people_wrote():
    figure = plain_bars([Bar(HOSTILE, [3])], title=HOSTILE, overview=HOSTILE)
    for svg in (figure.wide, figure.narrow):
        ET.fromstring(svg)
        assert "<script" not in svg


CHARACTERS = "".join(map(chr, [*range(1, 0xA1), 0x200B, 0x202E, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF, 0x1F600]))


@pytest.mark.parametrize("label", [CHARACTERS, "\\u2028{{x}}${x}'", "constructor", "toString", "__defineGetter__"])
def test_pictures_draw_whatever_people_write(label):
    """The first of these ended the web process, others ended Vega."""
    for svg in (
        plain_bars([Bar(label, [3])]).wide,
        stacked([Bar(label, [1, 2])], {"A": "#12436D", "B": "#F46A25"}).wide,
    ):
        assert label[:4].strip() in "".join(ET.fromstring(svg).itertext()) or label == CHARACTERS


def test_picture_of_twelve_bars_weighs_little():
    keys = {"Shared": "#12436D", "Own": "#F46A25", "Not stated": "#BFC1C3", "Not responsible": "#801650"}
    rows = [Bar(f"Function number {number}", [number / 70, 0.3, 0.2, 0.1]) for number in range(12)]
    for svg in (stacked(rows, keys).wide, stacked(rows, keys).narrow):
        assert len(svg) < 7_000
        assert svg.count("<path") >= 48, "no bar is lost"
        assert "Function number 11" in svg


def test_svg_names_are_its_own():
    figure = stacked([Bar("Unitary", [1, 2])], {"Shared": "#12436D", "Own": "#F46A25"})
    names = [set(re.findall(r'id="([^"]+)"', svg)) for svg in (figure.wide, figure.narrow)]
    assert not names[0] & names[1]


def test_stacked_bars_keep_the_order_of_their_parts():
    figure = stacked([Bar("Unitary", [1, 2, 3])], {"Shared": "#12436D", "Own": "#F46A25", "Not answered": "#BFC1C3"})
    assert figure.columns == ["", "Shared", "Own", "Not answered"]
    assert figure.rows == [["Unitary", "1", "2", "3"]]


def test_stacked_bars_refuse_a_fifth_part():
    with pytest.raises(ValueError, match="at most 4 parts"):
        stacked([Bar("Unitary", [1] * 5)], {str(number): "#12436D" for number in range(5)})


def alone(parts: int):
    keys = {f"Part {number}": "#12436D" for number in range(parts)}
    about = {"id": "one", "title": "A title", "overview": "An overview", "label": "All", "measure": "Points"}
    return stacked_bar(values=[1] * parts, keys=keys, show=str, **about)


def test_bar_alone_has_up_to_six_parts_a_row_each():
    figure = alone(6)
    assert figure.columns == ["", "Points"]
    assert figure.rows == [[f"Part {number}", "1"] for number in range(6)]
    for svg in (figure.wide, figure.narrow):
        assert "Part 5" in svg
    with pytest.raises(ValueError, match="at most 6 parts"):
        alone(7)


def test_dot_strip_lists_bodies_by_name_never_by_value():
    dots = [Dot("Zed", 90), Dot("Abe", 10, own=True), Dot("Mid", 50)]
    figure = dot_strip(id="s", title="T", overview="O", dots=dots, domain=(0, 100), show=str)
    assert [row[0] for row in figure.rows] == ["Abe", "Mid", "Zed"]


def test_dot_strip_always_draws_the_own_dot():
    dots = [Dot("Own", 99, own=True), *(Dot(f"Peer {number}", number) for number in range(300))]
    figure = dot_strip(id="s", title="T", overview="O", dots=dots, domain=(0, 300), show=str)
    assert figure.wide.count("#12436D") == 1
