"""Publishers' Markdown as safe markup in the design system's classes."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

SCHEMES = {"https", "mailto"}
CLASSES = {
    "p": "govuk-body",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
    "h3": "govuk-heading-m",
    "h4": "govuk-heading-s",
    "h5": "govuk-heading-s",
    "h6": "govuk-heading-s",
    "table": "govuk-table",
    "tr": "govuk-table__row",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
}
TAGS = {*CLASSES, "li", "em", "strong", "code", "pre", "blockquote", "br", "hr", "thead", "tbody", "s"}
# A description stands under the page's own h1 and h2.
DEMOTED_BY, LOWEST = 2, 6

# Pictures are left out: a page asks nothing of another host.
PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")


def markdown(text: str | None) -> SafeString:
    """Paragraphs, lists, tables, and links to https and mailto addresses. Raw HTML is shown, not obeyed."""
    tokens = PARSER.parse(text or "")
    for token in tokens:
        _dress(token)
    dressed = PARSER.renderer.render(tokens, PARSER.options, {})
    attributes = {tag: {"class"} for tag in CLASSES} | {"a": {"class", "href"}, "ol": {"class", "start"}}
    return mark_safe(
        nh3.clean(dressed, tags=TAGS, attributes=attributes, url_schemes=SCHEMES, link_rel="nofollow noopener")
    )


def _dress(token: Token) -> None:
    if token.type in ("heading_open", "heading_close"):
        token.tag = f"h{min(int(token.tag[1]) + DEMOTED_BY, LOWEST)}"
    if token.nesting == 1 and token.tag in CLASSES:
        token.attrSet("class", CLASSES[token.tag])
    if token.children:
        token.children = _with_good_links(token.children)
        for child in token.children:
            _dress(child)


def _with_good_links(tokens: list[Token]) -> list[Token]:
    """Without the links that lead to another scheme, or into a site that the text does not name. Their words stay."""
    kept, inside_bad = [], False
    for token in tokens:
        if token.type == "link_open":
            inside_bad = str(token.attrGet("href") or "").split(":")[0].lower() not in SCHEMES
        if not (inside_bad and token.type in ("link_open", "link_close")):
            kept.append(token)
        if token.type == "link_close":
            inside_bad = False
    return kept
