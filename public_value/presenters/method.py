"""The method in plain words, every figure of it read from the edition's own parameter file."""

from django.utils.translation import gettext as _

from commons.formatting import number, percent
from public_value.actions import METHOD
from public_value.evidence.basis import SETTLED_DAYS
from public_value.evidence.bodies import CONTRIBUTION_UNITS
from public_value.methodology import CLASSES, DIMENSIONS, EVIDENCE_LEVELS, Parameters
from public_value.models import Edition
from public_value.models.line import USUAL_COST
from public_value.models.trend import SURE
from public_value.presenters.edition import trail
from public_value.presenters.ladder import explained
from public_value.presenters.savings import assumptions
from public_value.wording import DIMENSION_QUESTIONS, GRADES, TREND
from public_value.wording import DIMENSIONS as NAMES

FORMULAS = {
    "S": "S = Σ κ·B·a ÷ Den, a = Σ s·q·ρ·σ over what it shares",
    "N": "N = S + R, R = Σ κ·B·r ÷ Den, r = Σ (s − min(s, λ·c ÷ (g·B))) over its own systems",
    "F": "F = (φ − lower goalpost) ÷ (upper − lower), from 0 to 1; φ = front line ÷ (front line + administration)",
    "C": "C = ½·min(1, ln(1 + R) ÷ ln(1 + {reuse})) + ½·min(1, ln(1 + K) ÷ ln(1 + {contributions}))",
    "O": "O = ½·Σ κ·B·p ÷ Den + ½·Σ κ·B·a·ω ÷ Den",
}
EVIDENCE = {
    "E0": "Only said",
    "E1": "A public address shows it, checked in the last 12 months",
    "E2": "As before, and the steward or an auditor confirms it",
    "E3": "As before, and figures of use or audited figures agree",
}
STAGES = {
    "custom": "Each body builds its own",
    "product": "There are several alike",
    "commodity": "Settled and everywhere the same",
}
SOURCES = [
    ("Functions by how settled they are", "Simon Wardley, evolution of practices"),
    ("Power mean, and its parts", "Balk 2008; Reinsdorf, Diewert and Ehemann 2002; Martin, Statistics Canada 2021"),
    ("Weights are not importance", "Becker, Saisana, Paruolo and Vandecasteele 2017"),
    (
        "Uncertainty by drawing the method's choices",
        "Saisana, Saltelli and Tarantola 2005; Jacobs, Goddard and Smith",
    ),
    (
        "Which judgements move the scores most",
        "Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola 2010; Jansen 1999",
    ),
    ("Two kinds of confidence", "IPCC, Fifth Assessment Report, guidance on uncertainties"),
    ("Games that targets invite", "Bevan and Hood 2006"),
    ("Prices of one year", "HM Treasury, GDP deflators at market prices"),
    (
        "How far savings fall short of plans",
        "Mott MacDonald for HM Treasury 2002; National Audit Office 2012 and 2016",
    ),
    ("What later years are worth", "HM Treasury, The Green Book"),
    ("Random numbers that anybody can repeat", "Steele, Lea and Flood 2014, SplitMix64"),
]


def page(edition: Edition | None) -> dict:
    """The method of an edition; of the next one where there is none yet."""
    text = edition.parameters if edition else METHOD.read_text(encoding="utf-8")
    parameters = Parameters.from_json(text)
    return {
        "edition": edition,
        "method": parameters,
        "dimensions": dimensions(parameters),
        "evidence": [
            {"grade": level, "words": EVIDENCE[level], "counts": percent(rho)}
            for level, rho in zip(EVIDENCE_LEVELS, parameters.rho, strict=True)
        ],
        "stages": [
            {"name": name, "words": STAGES[name], "weight": percent(kappa)}
            for name, kappa in zip(CLASSES, parameters.kappa, strict=True)
        ],
        "grades": grades(parameters),
        "rules": rules(parameters),
        "laws": laws(parameters),
        "assumptions": assumptions(parameters),
        "rungs": explained(),
        "change": {"parts": list(TREND.values()), "sure": percent(SURE)},
        "draws": number(edition.draws if edition else parameters.laws.draws),
        "sources": SOURCES,
        "breadcrumbs": trail(_("Method")),
    }


def dimensions(parameters: Parameters) -> list[dict]:
    caps = {"reuse": number(parameters.reuse_cap), "contributions": number(parameters.contributions_cap)}
    return [
        {
            "letter": letter,
            "name": NAMES[letter],
            "asks": DIMENSION_QUESTIONS[letter],
            "weight": number(100 * weight),
            "formula": FORMULAS[letter].format(**caps),
        }
        for letter, weight in zip(DIMENSIONS, parameters.weights, strict=True)
    ]


def grades(parameters: Parameters) -> list[dict]:
    rows = [
        {
            "grade": test.grade,
            "words": GRADES[test.grade],
            "completeness": percent(test.completeness),
            "verification": percent(test.verification) if test.verification else "–",
            "timeliness": percent(test.timeliness) if test.timeliness else "–",
            "half_width": number(test.half_width, 1) if test.half_width < 100 else "–",
            "frontline": _("yes") if test.needs_frontline else _("no"),
        }
        for test in parameters.confidence
    ]
    least = dict.fromkeys(("completeness", "verification", "timeliness", "half_width", "frontline"), "–")
    return [*rows, {"grade": "E", "words": GRADES["E"], **least}]


def rules(parameters: Parameters) -> list[dict]:
    """Each rule that decides what counts, with its figure."""
    counts = {
        "full": number(parameters.stale_full_days),
        "gone": number(parameters.stale_expiry_days),
        "floor": percent(parameters.stale_floor),
        "least": percent(parameters.de_minimis_share),
        "adopters": number(parameters.shared_min_independent),
        "settled": number(SETTLED_DAYS),
        "pilot": percent(parameters.q_pilot),
        "g": number(parameters.g, 2),
        "at_reference": percent(1 - 1 / parameters.g),
        "cost_floor": percent(parameters.cost_floor_ratio),
        "relief": percent(parameters.lock_relief),
        "window": number(parameters.lock_window_days),
        "cap": percent(parameters.exempt_cap),
        "units": number(CONTRIBUTION_UNITS),
        "trust": percent(parameters.dup_rho_floor),
        **dict(zip(("usual_low", "usual_high"), map(percent, USUAL_COST), strict=True)),
    }
    return [{"name": name, "text": text % counts} for name, text in _rules()]


def _rules() -> list[tuple[str, str]]:
    return [
        (
            _("What is shared"),
            _(
                "A component is shared when it is live and at least %(adopters)s independent bodies use it, in part or "
                "in full, with evidence E2 or better. Bodies of one group count once, and the steward's own group not "
                "at all. Using a component that is not shared counts as running a system of one's own."
            ),
        ),
        (
            _("What is measured"),
            _(
                "A function counts for a body if it is settled enough to share, has a benchmark for bodies of its "
                "kind, and at least one shared component is available to them. Its weight is its reference cost for a "
                "body of this size, whatever the body declares."
            ),
        ),
        (
            _("Share of the work (s)"),
            _(
                "Transactions over the function's volume where they are stated, else the stated coverage, else "
                "nothing: no share, no credit. Where a body's statements come to more than the whole, its own systems "
                "are taken at their word and what it shares gives way. Sharing less than %(least)s earns nothing."
            ),
        ),
        (
            _("Freshness (σ)"),
            _(
                "A statement counts in full for %(full)s days after it was confirmed, then fades evenly to %(floor)s "
                "at %(gone)s days. After that it leaves every figure."
            ),
        ),
        (
            _("Pilots (q)"),
            _("A pilot counts for %(pilot)s, and so does anything in use for less than %(settled)s days."),
        ),
        (
            _("Own systems (c, g)"),
            _(
                "A declared system of one's own earns credit for being cheap: none at %(g)s times the reference cost "
                "or above, %(at_reference)s at the reference cost. An undeclared one earns nothing, so telling never "
                "costs. A cost that nobody has seen counts as at least %(cost_floor)s of the reference."
            ),
        ),
        (
            _("Costs far from the reference"),
            _(
                "A stated cost below %(usual_low)s or above %(usual_high)s of the reference for its share of the work "
                "is asked about, whatever its evidence. That changes no figure."
            ),
        ),
        (
            _("Contracts that end soon (λ)"),
            _(
                "If a contract ends within %(window)s days, has not been put off, and the body has begun to move to a "
                "shared component, only %(relief)s of its cost counts."
            ),
        ),
        (
            _("Exemptions (ξ)"),
            _(
                "A panel may exempt a system: by law, for safety, accessibility or security, or because moving would "
                "cost more than it saves. What is exempt leaves the sum, up to %(cap)s of the body's work."
            ),
        ),
        (
            _("Contributions (K)"),
            _("Accepted contributions of two years count, at most %(units)s units for a component and quarter."),
        ),
        (
            _("Evidence against oneself"),
            _(
                "What a body says about its own systems is against its interest, so it is trusted at %(trust)s at "
                "least where the strength of the evidence is worked out."
            ),
        ),
        (
            _("What is not known"),
            _("It earns nothing and is never filled in. Beside the score stand two others that say what it might be."),
        ),
    ]


def laws(parameters: Parameters) -> list[dict]:
    """What is drawn to see how far the score depends on the method's own choices."""
    drawn = parameters.laws

    def between(ends: tuple[float, float]) -> str:
        return _("%(low)s to %(high)s") % {"low": number(ends[0], 3), "high": number(ends[1], 3)}

    noise = between((1 - drawn.weight_noise, 1 + drawn.weight_noise))
    return [
        {"name": _("Weights, each times"), "range": noise},
        {"name": _("Power p of the mean"), "range": between(drawn.p)},
        {"name": _("Credit of a pilot"), "range": between(drawn.q_pilot)},
        {"name": _("Weight of custom functions"), "range": between(drawn.kappa_custom)},
        {"name": _("Weight of product functions"), "range": between(drawn.kappa_product)},
        *(
            {"name": _("Credit of evidence %(level)s") % {"level": level}, "range": between(ends)}
            for level, ends in zip(EVIDENCE_LEVELS, zip(drawn.rho_low, drawn.rho_high, strict=True), strict=True)
        ),
        {"name": _("Dear is, times the reference cost"), "range": ", ".join(number(g, 2) for g in drawn.g_grid)},
        {
            "name": _("Goalposts of the front-line share, moved by"),
            "range": between((-drawn.frontline_shift / 2, drawn.frontline_shift / 2)),
        },
        {"name": _("What is not known, times the peers' mean"), "range": between((0, 1))},
    ]
