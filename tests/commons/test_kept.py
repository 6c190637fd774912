"""What a process keeps of its answers."""

from commons.kept import Kept


def test_kept_answer_is_made_once_for_a_version():
    kept, made = Kept(2), []

    def make() -> str:
        made.append("x")
        return "x"

    assert [kept.get("one", "key", make), kept.get("one", "key", make)] == ["x", "x"]
    assert len(made) == 1
    kept.get("two", "key", make)
    kept.get("one", "key", make)
    assert len(made) == 3


def test_kept_answers_are_the_last_asked():
    kept = Kept(2)
    for key in "abc":
        kept.get("one", key, lambda key=key: key.upper())
        kept.find("one", "a")
    assert [kept.find("one", key) for key in "abc"] == ["A", None, "C"]


def test_kept_answers_need_a_version():
    kept = Kept(2)
    kept.keep("", "key", "answer")
    assert kept.find("", "key") is None
