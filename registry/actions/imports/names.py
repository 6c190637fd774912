"""The functions and components that rows name, by their names or by their short ones."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models.functions import Lower
from rapidfuzz import fuzz, process

from catalogue.models import Component, Function
from commons.listing.errors import shown
from registry.portfolio_file.rows import Wrong

LIKE_ENOUGH = 70  # of 100
MOST_GUESSES = 2_000  # in one file, so that one which is wrong throughout is not slow


class Names:
    """Kept while one file is read."""

    def __init__(self) -> None:
        named = list(Function.objects.values_list("pk", "slug", "name"))
        self.slugs = {slug: key for key, slug, _name in named}
        self.names: dict[str, list[int]] = defaultdict(list)
        for key, _slug, name in named:
            self.names[word(name)].append(key)
        self.spelt = [name for _key, _slug, name in named]
        self.components: dict[str, list[str]] = {}
        self.serving: dict[int, dict[str, str]] = {}
        self.guesses: dict[tuple[str, int], str] = {}

    def function(self, text: str, wrong: list[Wrong]) -> int | None:
        if not text:
            return None
        found = self.names.get(word(text), [])
        key = self.slugs.get(text.strip().lower()) or (found[0] if len(found) == 1 else None)
        if key is None and found:
            wrong.append(
                Wrong(
                    "function",
                    text,
                    f"{len(found)} functions have this name. Write its short name, as in the template.",
                )
            )
        elif key is None:
            near = self.near(text, 0, self.spelt)
            wrong.append(
                Wrong("function", text, f"There is no function “{shown(text)}”.{near or ' Take one of the template.'}")
            )
        return key

    def look_up(self, texts: Iterable[str]) -> None:
        """Have the components of these words at hand."""
        asked = {word(text) for text in texts} - self.components.keys()
        if not asked:
            return
        self.components |= {text: [] for text in asked}
        known = Component.objects.listed().annotate(lower=Lower("name"))
        both = known.filter(slug__in=asked).union(known.filter(lower__in=asked))
        for slug, name in both.values_list("slug", "name"):
            for text in {slug, word(name)} & asked:
                self.components[text].append(slug)

    def component(self, text: str, function: int | None, wrong: list[Wrong]) -> str:
        """Its short name; what was written where there is none."""
        found = self.components[word(text)]
        if word(text) in found:
            return word(text)
        if len(found) > 1 and function is not None:
            found = [slug for slug in found if slug in self.of(function).values()] or found
        if len(found) == 1:
            return found[0]
        if found:
            sentence = (
                f"{len(found)} components have this name. Write its short name: {' or '.join(sorted(found)[:3])}."
            )
        else:
            near = self.near(text, function, self.of(function)) if function is not None else ""
            sentence = f"There is no component “{shown(text)}”.{near or ' Choose one of the list of components.'}"
        wrong.append(Wrong("component", text, sentence))
        return text

    def of(self, function: int) -> dict[str, str]:
        """The components that serve a function: short names, by names."""
        if function not in self.serving:
            offered = Component.objects.listed().filter(functions=function)
            self.serving[function] = dict(offered.values_list("name", "slug")[:500])
        return self.serving[function]

    def near(self, text: str, about: int | None, known: Iterable[str]) -> str:
        """A sentence that offers what is spelt most like it, or blank."""
        key = (word(text)[:100], about or 0)
        if key not in self.guesses and len(self.guesses) < MOST_GUESSES:
            found = process.extractOne(
                text[:100], known, scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=LIKE_ENOUGH
            )
            self.guesses[key] = f" Did you mean “{found[0]}”?" if found else ""
        return self.guesses.get(key, "")


def word(text: str) -> str:
    return " ".join(text.lower().split())
