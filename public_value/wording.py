"""The words of the index, in one place: for pages, files and the console."""

DIMENSIONS = {
    "S": "Standardisation",
    "N": "Duplication avoided",
    "F": "Front-line focus",
    "C": "Commons",
    "O": "Openness",
}

# What each part asks, in a sentence that needs no formula.
DIMENSION_QUESTIONS = {
    "S": "How much of its work does it do with components that others share?",
    "N": "How much of its work is not money tied up in systems of its own?",
    "F": "How much of what it spends reaches the front line, beside its peers?",
    "C": "How much do others use what it looks after, and how much does it give?",
    "O": "Are its records and the components it uses open?",
}

GRADES = {
    "A": "High confidence",
    "B": "Good confidence",
    "C": "Low confidence",
    "D": "Too little for a score: a range only",
    "E": "Not enough confirmed information",
}

FACES = {
    "score": "get a score",
    "band": "get a range only",
    "not_published": "get no number",
}

DISPUTED = "Disputed: the body says that this is wrong."
UNUSUAL_COST = (
    "The stated cost is less than a fifth of the reference for this share of the work, or more than five times as "
    "much: please check it."
)

SETTLED = "The body disputed this, and it was settled: see what the body says."

VOIDED = (
    "It stopped on {day}, within {days} days after the snapshot: its credit does not stand, and a correction is due."
)

HELD_WORDS = "It moved by more than 15 points since the last edition, and is looked at before it is shown."

# What keeps a body from a score, as it is recorded in `Score.missing`.
MISSING = {
    "no_peer_group": "It is in no peer group.",
    "no_driver": "Its size is not stated.",
    "no_benchmark": "There are no benchmarks for its peer group.",
    "no_evolution_stage": "No function has an evolution stage.",
    "no_shared_component": "No shared component is available to its peer group for any function.",
    "no_declaration": "It has not declared anything.",
    "all_expired": "All that it declared has expired.",
    "no_share_stated": "No declaration says which share of the work it covers.",
    "no_accounts": "Its front-line and administrative spending is not stated.",
    "no_goalposts": "There are no goalposts of front-line spending for its peer group.",
    "incomplete": "Too much of its work is not explained by any declaration.",
    "unverified": "Too much of what it declared has no evidence.",
    "out_of_date": "Too much of what it declared was confirmed too long ago.",
    "uncertain": "What is known allows too wide a range of scores.",
}

# Why a function or a declaration does not count, or counts less.
REASONS = {
    "no_driver": "The body's size is not stated, so there is nothing to measure its work against.",
    "no_evolution_stage": "The board has not said how settled this function is.",
    "genesis": "This is new work: sharing it early would be a mistake, so it is not measured.",
    "no_benchmark": "There is no benchmark of this function for the peer group.",
    "no_shared_component": "No shared component is available for this function.",
    "planned": "Planned, and not in use yet.",
    "retired": "No longer in use.",
    "expired": "Last confirmed more than three years ago, or never.",
    "below_de_minimis": "Less than 1% of the function's work: too little to earn anything.",
    "no_share": "The share of the work is not stated: no share, no credit.",
    "not_shared": "Fewer than two independent bodies use this component: it counts as the body's own system.",
    "exempt_over_cap": "Exemptions are more than 15% of the body's work: the excess counts as its own systems.",
}

# The parts of a change between two editions, which add up to it.
TREND = {
    "catalogue": {
        "name": "Measured differently",
        "about": "Functions, reference costs, what is shared and how many use it: what others decided or did.",
    },
    "time": {
        "name": "Time",
        "about": "The same statements on a later day: they age, contracts come closer to their end, years close.",
    },
    "declared": {
        "name": "What the body stated",
        "about": "Its own statements, accounts, volumes, size and contributions since then.",
    },
}

# What a saving rests on. A reader never sees the two added.
SAVING_BASES = {
    "declared": "Cost and share stated",
    "modelled": "Cost or share assumed",
}

# Claims about the United Kingdom beside which the ladder stands; the figures of the first are the method's.
HEADLINE_CLAIM = {
    "name": "What the Manifesto for Better Public Services says could be saved",
    "about": "It speaks of a phased reduction by {reduction} in duplicated administrative and managerial processes, "
    "functions, roles and systems.",
}
GOVERNMENT_CLAIM = {
    "name": "What the Government says full digitisation could bring",
    "amount": 45_000_000_000,
    "about": "a year, as published in January 2025; its price year is not stated. A different scope that overlaps: "
    "about £36 billion from simplifying and automating, £4 billion from cheaper channels, £6 billion from less fraud "
    "and error. Source: State of Digital Government Review, CP 1251, and its methodology note.",
}
