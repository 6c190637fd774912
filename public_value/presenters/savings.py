"""What sharing could save, in words: an estimate, never beside points and never one number.

Amounts have two significant figures. Declared and modelled savings stand apart and are never added.
"""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commons.formatting import money, number, percent, significant
from public_value.methodology import Parameters, Saving
from public_value.models import Edition, RowKind, SavingBasis, Scenario, Score, ScoreLine
from public_value.presenters import lines
from public_value.savings import SCENARIOS, scenarios
from public_value.wording import MISSING, SAVING_BASES

MOST_CASES = 10


def of_score(score: Score, read: Iterable[ScoreLine], shown: set[int], paused: set[int]) -> dict | None:
    """The section of a score's page. `shown`: the declarations whose lines the page holds; `score.saved` its sums;
    `paused`: the functions whose systems show no amount of their own, while the sums of the whole stay.

    None where the edition was calculated before savings were.
    """
    if not score.edition.money:
        return None
    systems = [line for line in read if line.kind == RowKind.DUPLICATE]
    open_ones = [line for line in systems if line.function_id not in paused]
    cases = sorted(filter(has_case, open_ones), key=lambda line: (-line.case_annual_central, line.declaration_id))
    parameters = Parameters.from_json(score.edition.parameters)
    return {
        "rows": amounts(score.saved, parameters.saving.horizon),
        "sentences": sentences(score, systems, open_ones, cases),
        "cases": [case_words(line, score, shown) for line in cases[:MOST_CASES]],
        "number": len(cases),
        "over": over(parameters.saving.horizon),
        "posts": posts(score.edition, central(score.saved)),
        "assumptions": assumptions(parameters) if any(map(has_case, systems)) else None,
        "prices": score.edition.base_financial_year,
    }


def has_case(line: ScoreLine) -> bool:
    return line.case_cost is not None


def amounts(rows: list[dict], horizon: int) -> list[dict]:
    """Two lines for each basis that there is, from low to high: a year, and over the years of the horizon."""
    found = {(row["basis"], row["scenario"]): row for row in rows}
    return [
        {
            "basis": SAVING_BASES[basis],
            "what": words,
            "amounts": [estimate(found[basis, scenario][field]) for scenario in Scenario.values],
        }
        for basis in SavingBasis.values
        if (basis, Scenario.CENTRAL) in found
        for field, words in (("annual", _("a year")), ("npv10", over(horizon)))
    ]


def over(horizon: int) -> str:
    return _("over %(years)s years") % {"years": number(horizon)}


def estimate(amount: float | None) -> str:
    """“£1.2 million”: two figures are all that an estimate can carry."""
    return money(significant(amount))


def central(rows: list[dict]) -> float:
    """The central declared saving a year, 0 where there is none."""
    wanted = (SavingBasis.DECLARED, Scenario.CENTRAL)
    return next((row["annual"] for row in rows if (row["basis"], row["scenario"]) == wanted), 0.0)


def sentences(score: Score, systems: list[ScoreLine], open_ones: list[ScoreLine], cases: list[ScoreLine]) -> list[str]:
    """What the figures rest on, or why there are none. `open_ones` are the systems in no disputed function."""
    if not systems:
        wants = [MISSING[code] for code in ("no_declaration", "all_expired") if code in score.missing]
        return [*wants, _("There is no system of its own that counts, so there is nothing to work a saving out from.")]
    told = [stated_cost(score, systems)]
    unpriced, modelled = len(open_ones) - len(cases), sum(line.case_modelled for line in cases)
    hopeless = sum(line.case_annual_high == 0 for line in cases)
    said = [
        (len(systems) - len(open_ones), _("Paused: %(number)s. The body disputes them, so nothing is said of each.")),
        (unpriced, _("Without a shared component that states a price: %(number)s. No saving is worked out for them.")),
        (modelled, _("Without a stated cost or share of the work: %(number)s. What is missing is assumed.")),
        (hopeless, _("Without a saving case in any scenario: %(number)s. Sharing would cost as much or more.")),
    ]
    return told + [sentence % {"number": number(count)} for count, sentence in said if count]


def stated_cost(score: Score, systems: list[ScoreLine]) -> str:
    counted = ngettext("%(number)s system of its own counts.", "%(number)s systems of its own count.", len(systems)) % {
        "number": number(len(systems))
    }
    if score.own_cost is None:
        return counted + " " + _("No cost is stated.")
    silent = sum(line.cost is None for line in systems)
    cost = _("Stated cost: %(cost)s a year.") % {"cost": money(score.own_cost)}
    missing = _("Not stated for %(number)s.") % {"number": number(silent)} if silent else ""
    return " ".join(filter(None, [counted, cost, missing]))


def case_words(line: ScoreLine, score: Score, shown: set[int]) -> dict:
    """One system: where it was stated, what it costs, what was put in its place, and what comes of it."""
    body = reverse("registry:organisation", args=[score.organisation.slug])
    has_saving = line.case_annual_high > 0
    return {
        "what": lines.what(line),
        "function": line.function,
        "component": None if lines.is_draft(line.case_component) else line.case_component,
        "href": f"#line-{line.declaration_id}" if line.declaration_id in shown else f"{body}#own",
        "cost": cost_words(line),
        "shared_cost": estimate(line.case_shared_cost),
        "basis": SAVING_BASES[SavingBasis.MODELLED if line.case_modelled else SavingBasis.DECLARED],
        "start": start_words(line.case_start),
        "annual": span([getattr(line, f"case_annual_{name}") for name in SCENARIOS]) if has_saving else None,
        "npv": span([getattr(line, f"case_npv_{name}") for name in SCENARIOS]) if has_saving else None,
    }


def cost_words(line: ScoreLine) -> str:
    if line.cost is None:
        return _("It is assumed to cost %(cost)s a year") % {"cost": estimate(line.case_cost)}
    return _("It costs %(cost)s a year") % {"cost": money(line.case_cost)}


def span(values: list[float]) -> str:
    """“£11,000, between £2,300 and £19,000”; a net present value may be lowest in the central scenario."""
    _low, middle, _high = values
    ends = {"middle": estimate(middle), "least": estimate(min(values)), "most": estimate(max(values))}
    return _("%(middle)s, between %(least)s and %(most)s") % ends


def start_words(years: int) -> str:
    if not years:
        return _("can begin now")
    return ngettext("can begin in %(years)s year", "can begin in %(years)s years", years) % {"years": number(years)}


def posts(edition: Edition, annual: float) -> list[dict]:
    """How many front-line posts a saving a year would pay for; only posts whose prices can be brought to its year."""
    found = []
    for post in edition.money["posts"]:
        cost = in_prices(post["annual_cost"], post["financial_year"], edition)
        if cost and annual >= cost:
            found.append(
                post | {"number": number(significant(annual / cost)), "annual_cost": money(post["annual_cost"])}
            )
    return found


def in_prices(amount: float, year: str, edition: Edition) -> float | None:
    """An amount in prices of the edition's base year; None where the edition has no index of either year."""
    base, index = edition.base_financial_year, edition.money["deflator"]
    if year == base:
        return amount
    return amount * index[base] / index[year] if base in index and year in index else None


def assumptions(parameters: Parameters) -> dict:
    """Every assumption with its value from the parameter file: those of each scenario, and those of all."""
    saving = parameters.saving
    each = [
        (_("Of a system’s cost stays after the move"), "h"),
        (_("The shared component costs more than its price says, by"), "ob_opex"),
        (_("Of the saving on paper is realised"), "phi"),
        (_("The move costs more than planned, by"), "ob_trans"),
    ]
    return {
        "each": [
            {"name": name, "values": [percent(getattr(one, field), 1) for one in scenarios(saving)]}
            for name, field in each
        ],
        "all": common_assumptions(parameters, saving),
    }


def common_assumptions(parameters: Parameters, saving: Saving) -> list[str]:
    figures = {
        "move": percent(saving.transition_years),
        "unknown": number(saving.null_contract_end_years),
        "discount": percent(saving.discount, 1),
        "horizon": number(saving.horizon),
        "modelled": percent(parameters.modelled_cost_ratio),
        "least": percent(parameters.de_minimis_share),
    }
    said = [
        _("A move is planned to cost %(move)s of what the system costs in a year."),
        _(
            "It begins when the contract ends, in whole years rounded up, or in %(unknown)s years where the end is not "
            "stated. The year after saves half, every later year all of it."
        ),
        _(
            "The value over %(horizon)s years is what they bring less the move, each later year counted %(discount)s "
            "less. A move that begins late may not pay for itself within them."
        ),
        _(
            "The cheapest shared component is taken, at the price for a transaction and the fixed fee that it states; "
            "what it does not state is taken as nothing. The fee counts once for a function, and not at all where the "
            "body uses the component for %(least)s of a function’s work or more."
        ),
        _(
            "A cost that is not stated is assumed to be %(modelled)s of the reference cost of the system’s share. A "
            "share that is not stated is assumed to be an equal part of the work that no statement explains."
        ),
        _("Costs are in prices of one year; a component’s price is read as a price of that year."),
    ]
    return [sentence % figures for sentence in said]
