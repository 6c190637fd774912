"""What a pack's keys name: rows recorded before, and the keys whose rows were refused."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection, models

from catalogue.models import Blueprint, Component, Function, PeerGroup, Standard, Step
from registry.models import Organisation
from registry.pack import values
from registry.pack.columns import Column
from registry.pack.values import Bad, Parser

NOUNS: dict[str, type[models.Model]] = {
    "peer_group": PeerGroup,
    "function": Function,
    "organisation": Organisation,
    "component": Component,
    "standard": Standard,
    "blueprint": Blueprint,
    "step": Step,
}
FILES = {
    "peer_group": "pack.toml",
    "function": "functions.csv",
    "organisation": "organisations.csv",
    "component": "components.csv",
    "standard": "standards.csv",
    "blueprint": "blueprints.csv",
    "step": "steps.csv",
}
SUGGESTIONS = 20  # looking for the nearest of many thousand keys takes a moment, so not for every mistake


@dataclass
class References:
    """Keys by noun, read once. Bounded by the catalogue and the register of bodies, never by what they declare."""

    refused: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    _ids: dict[str, dict[str, str]] = field(default_factory=dict)
    _suggested: int = 0

    def ids(self, noun: str) -> dict[str, str]:
        if noun not in self._ids:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT slug, id::text FROM {NOUNS[noun]._meta.db_table}")
                self._ids[noun] = dict(cursor.fetchall())
        return self._ids[noun]

    def forget(self, noun: str) -> None:
        self._ids.pop(noun, None)

    def missing(self, noun: str, slug: str) -> Bad:
        said = noun.replace("_", " ")
        if (noun, slug) in self.refused:
            file, line = self.refused[noun, slug]
            return Bad(f'The {said} "{slug}" was refused ({file}, line {line}).', "Mend that row first.")
        near = self._nearest(noun, slug)
        return Bad(
            f'There is no {said} "{slug}" in {FILES[noun]} or the registry.', f"{near}Add it there, or mend the key."
        )

    def _nearest(self, noun: str, slug: str) -> str:
        self._suggested += 1
        return values.nearest(slug, self.ids(noun)) if self._suggested <= SUGGESTIONS else ""

    def parser(self, column: Column) -> Parser:
        if column.parse:
            return column.parse
        if column.shares:
            return self._shares(column.noun)
        return values.each(self._known(column.noun), sort=True) if column.many else self._id(column.noun)

    def _known(self, noun: str) -> Parser:
        ids = self.ids(noun)  # now: nothing can be asked of the database while rows are copied to it

        def parse(slug: str) -> str:
            if slug not in ids:
                raise self.missing(noun, slug)
            return slug

        return parse

    def _id(self, noun: str) -> Parser:
        ids = self.ids(noun)

        def parse(value: str) -> str:
            slug = value.strip(values.SPACE)
            if slug not in ids:
                raise self.missing(noun, slug)
            return ids[slug]

        return parse

    def _shares(self, noun: str) -> Callable[[str], str]:
        """A list of `key=share`, sorted; shares above 0, at most 1, and at most 1 together."""
        known, a_share = self._known(noun), values.real(0, 1, above=0)

        def parse(value: str) -> str:
            said: dict[str, str] = {}
            for item in values.items(value):
                slug, equals, share = (part.strip(values.SPACE) for part in item.partition("="))
                if not (slug and equals and share):
                    raise Bad(f'"{item}" has no share.', f"Write {noun}=share, such as {slug or 'a-body'}=1.")
                if known(slug) in said:
                    raise Bad(f'"{slug}" is named twice.', "Name each once, with its whole share.")
                said[slug] = a_share(share)
            if sum(map(float, said.values())) > 1 + 1e-9:
                raise Bad("The shares are more than 1 together.", "Let them add up to 1 at most.")
            return ";".join(f"{slug}={said[slug]}" for slug in sorted(said))

        return parse
