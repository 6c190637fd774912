"""Other words for what residents and councils search for."""

SAME_AS = [
    ("bins", "waste collection"),
    ("rubbish", "waste"),
    ("refuse", "waste"),
    ("blue badge", "parking permit"),
    ("foi", "information requests"),
    ("freedom of information", "information requests"),
    ("council tax", "household tax"),
    ("rates", "business rates"),
    ("chatbot", "answer questions"),
    ("cms", "web pages"),
    ("crm", "customer"),
    ("pay", "payments"),
    ("tip", "recycling"),
    ("hr", "staff"),
    ("single sign-on", "sign in"),
]


def synonym_rows() -> list[dict[str, str]]:
    return [{"term": term, "same_as": same_as} for term, same_as in sorted(SAME_AS)]
