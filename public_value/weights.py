"""Other weights than the method's, read from an address: numbers as they were typed, and what is wrong with them."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from commons.listing import BadParameter, ParameterError
from commons.listing.errors import nearest, shown
from public_value.methodology import DIMENSIONS, Parameters
from public_value.wording import DIMENSIONS as NAMES

GROUP, POWER, MOST = "group", "p", 100
_NUMBER = re.compile(r"\d{1,3}(\.\d{1,4})?", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """`group` is a peer group's slug, blank where none is chosen; `weights` run S, N, F, C, O and need not sum to 1."""

    group: str
    weights: tuple[float, ...]
    p: float

    @property
    def scaled(self) -> tuple[float, ...]:
        return tuple(weight / sum(self.weights) for weight in self.weights)


def read(params: QueryDict, parameters: Parameters, groups: Collection[str]) -> Asked:
    """What is not stated is the method's own. Raises BadParameter with every error at once."""
    errors = [*unknown(params), *wrong_group(params.get(GROUP, ""), groups)]
    usual = dict(zip(DIMENSIONS, (100 * weight for weight in parameters.weights), strict=True))
    weights = tuple(number(params, name, usual[name], errors) for name in DIMENSIONS)
    p = number(params, POWER, parameters.p, errors)
    if not errors and sum(weights) == 0:
        errors.append(ParameterError("S", "all_zero", _("At least one weight must be above 0.")))
    if not 0 < p <= 1:
        errors.append(ParameterError(POWER, "out_of_range", _("“p” must be above 0 and at most 1.")))
    if errors:
        raise BadParameter(errors)
    return Asked(params.get(GROUP, ""), weights, p)


def unknown(params: QueryDict) -> list[ParameterError]:
    known = (GROUP, *DIMENSIONS, POWER, "page")
    sentence = _("There is no parameter “%(word)s” here.")
    return [
        ParameterError(shown(name), "unknown_parameter", sentence % {"word": shown(name)} + nearest(name, known))
        for name in params
        if name not in known
    ]


def wrong_group(group: str, groups: Collection[str]) -> list[ParameterError]:
    if not group or group in groups:
        return []
    sentence = _("There is no kind of body “%(word)s” in this edition.") % {"word": shown(group)}
    return [ParameterError(GROUP, "unknown_value", sentence + nearest(group, groups))]


def number(params: QueryDict, name: str, usual: float, errors: list[ParameterError]) -> float:
    text = params.get(name, "").strip()
    if not text:
        return usual
    if not _NUMBER.fullmatch(text) or float(text) > MOST:
        label = NAMES.get(name, name)
        sentence = _("“%(label)s” must be a number from 0 to %(most)s, such as 30 or 0.5, not “%(word)s”.")
        errors.append(
            ParameterError(name, "not_a_number", sentence % {"label": label, "most": MOST, "word": shown(text)})
        )
        return usual
    return float(text)
