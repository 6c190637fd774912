"""The picture from a graph alone."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from catalogue.dependencies.drawing import BOX, HIGH, picture, placed, shortened
from catalogue.dependencies.graph import Graph, Node

SVG = "{http://www.w3.org/2000/svg}"


def graph(layers: list[int], edges=(), name: str = "Component") -> Graph:
    nodes = [Node(0, "root", "Root", "live", 0, 0)]
    nodes += [
        Node(number, f"c{number}", f"{name} {number}", "live", layer, 0) for number, layer in enumerate(layers, 1)
    ]
    return Graph(0, tuple(nodes), tuple(edges))


def drawn(found: Graph) -> ElementTree.Element:
    return ElementTree.fromstring(picture(found, id="g", title="A title", overview="In words"))


def test_picture_is_an_image_with_title_and_description():
    root = drawn(graph([1, -1], [(0, 1, "requires"), (2, 0, "based_on")]))

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "g-title g-desc"
    assert [root.find(f"{SVG}{part}").text for part in ("title", "desc")] == ["A title", "In words"]
    paths = root.findall(f"{SVG}path")
    assert [path.get("stroke-dasharray") for path in paths] == [None, "6 4"]
    assert len(root.findall(f"{SVG}rect")) == 3


def test_what_needs_it_stands_left_and_what_it_needs_right():
    places = placed(graph([1, -1, 2, -3]))

    assert places[4][0] < places[2][0] < places[0][0] < places[1][0] < places[3][0]


@given(st.lists(st.integers(-3, 3).filter(bool), max_size=29), st.data())
def test_boxes_never_lie_over_each_other_and_stay_inside(layers, data):
    ends = st.integers(0, len(layers))
    edges = data.draw(st.lists(st.tuples(ends, ends, st.just("requires")), max_size=40))
    found = graph(layers, edges)

    places = list(placed(found).values())
    _, _, width, height = map(float, drawn(found).get("viewBox").split())

    for number, (x, y) in enumerate(places):
        assert 0 <= x <= width - BOX
        assert 0 <= y <= height - HIGH
        assert all(abs(x - a) >= BOX or abs(y - b) >= HIGH for a, b in places[:number])


def test_hostile_and_long_names_are_only_text():
    root = drawn(graph([1], [(0, 1, "requires")], name='</text><script>"&\x00'))

    assert not list(root.iter(f"{SVG}script"))
    assert shortened("A very long name of a component that nobody can read") == [
        "A very long name of",
        "a component that…",
    ]
    assert shortened(" ") == ["?"]


def test_same_graph_is_the_same_picture():
    one = graph([1, 1, 2, -1], [(0, 1, "requires"), (1, 3, "requires"), (4, 0, "requires")])

    assert picture(one, id="g", title="T", overview="O") == picture(one, id="g", title="T", overview="O")
