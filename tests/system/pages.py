"""Every kind of public page, with the state it is in, where the demo pack shows it."""

from typing import NamedTuple


class Page(NamedTuple):
    name: str
    address: str
    status: int = 200


PAGES = [
    Page("home", "/"),
    Page("components", "/components/"),
    Page("components, second page", "/components/?page=2"),
    Page("components for words", "/components/?q=payments"),
    Page("components for words with a typing error", "/components/?q=planing+registr"),
    Page("components, nothing found", "/components/?q=zeppelin"),
    Page("components, filtered", "/components/?kind=dataset&sort=name"),
    Page("components, a wrong parameter", "/components/?kind=submarine", 400),
    Page("component", "/components/sm-sorrelpost/"),
    Page("component, deprecated", "/components/sm-sorrelpost-classic/"),
    Page("component, joint stewards", "/components/sm-pagequern/"),
    Page("component, retired", "/components/sm-text-gateway/"),
    Page("component, a draft", "/components/sm-planwrack/", 404),
    Page("adopters", "/components/sm-sorrelpost/adopters/"),
    Page("functions", "/functions/"),
    Page("function", "/functions/sm-payments/"),
    Page("function, branch", "/functions/sm-capabilities/"),
    Page("organisations", "/organisations/"),
    Page("organisations for words", "/organisations/?q=quillsford"),
    Page("organisations, nothing found", "/organisations/?q=zeppelin"),
    Page("organisations, a wrong parameter", "/organisations/?page=x", 400),
    Page("body, full", "/organisations/quillsford-council/"),
    Page("body, statements", "/organisations/quillsford-council/statements/"),
    Page("body, silent", "/organisations/wrenquarry-council/"),
    Page("body, accounts only", "/organisations/larkenstow-council/"),
    Page("body, too little for a score", "/organisations/hobmarsh-council/"),
    Page("body, future", "/organisations/marrowdale-council/"),
    Page("body, about to end", "/organisations/saltwrack-district-council/"),
    Page("body, ended", "/organisations/gullhollow-district-council/"),
    Page("body, small group", "/organisations/wuldershire-county-council/"),
    Page("spending", "/organisations/quillsford-council/spending/"),
    Page("spending, none published", "/organisations/wrenquarry-council/spending/"),
    Page("adoption report", "/reports/adoption/"),
    Page("public value", "/public-value/"),
    Page("edition", "/public-value/2026Q3/"),
    Page("edition, one kind of body", "/public-value/2026Q3/?peer_group=sorrelmark-unitary"),
    Page("editions", "/public-value/editions/"),
    Page("live preview", "/public-value/preview/"),
    Page("live preview, one kind of body", "/public-value/preview/?peer_group=sorrelmark-unitary"),
    Page("method", "/public-value/method/"),
    Page("score, grade A", "/public-value/2026Q3/quillsford-council/"),
    Page("score, grade B", "/public-value/2026Q3/brackenholt-council/"),
    Page("score, grade C", "/public-value/2026Q3/lanternhythe-council/"),
    Page("score, a range only", "/public-value/2026Q3/hobmarsh-council/"),
    Page("score, no number", "/public-value/2026Q3/wrenquarry-council/"),
    Page("what if", "/public-value/2026Q3/brackenholt-council/what-if/"),
    Page("what if, some changes", "/public-value/2026Q3/lanternhythe-council/what-if/?adopt=sm-payroll:sm-tallyhythe"),
    Page("what if, a wrong parameter", "/public-value/2026Q3/lanternhythe-council/what-if/?adopt=x", 400),
    Page("data", "/data/"),
    Page("API guide", "/api/"),
    Page("API problem", "/api/problems/bad-parameter/"),
    Page("API reference", "/api/v1/docs"),
    Page("accessibility", "/accessibility/"),
    Page("privacy", "/privacy/"),
    Page("nothing there", "/components/zeppelin/", 404),
]
