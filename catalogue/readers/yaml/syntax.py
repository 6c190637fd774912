"""What a mistake in the YAML is, in words that say what to do."""

WORDS = (
    ("mapping values are not allowed", "A colon stands where no key can be: put quotation marks round a text that has"
     " a colon and a space in it, or mend the indentation."),
    ("while scanning a quoted scalar", "A quotation mark is opened and not closed: close it."),
    ("unexpected end of stream", "A quotation mark or a bracket is opened and not closed: close it."),
    ("could not find expected ':'", "A key needs a colon and a space after it: add them, or put the line where it"
     " belongs."),
    ("expected <block end>", "The line does not fit those above it: give keys of one section, and items of one list,"
     " the same indentation."),
    ("flow sequence", "A list in square brackets is not closed or lacks a comma: mend it."),
    ("flow mapping", "A mapping in curly brackets is not closed or lacks a comma: mend it."),
    ("expected ',' or", "A bracket is not closed, or a comma is missing: mend it."),
    ("cannot start any token", "A text cannot begin with this character: put quotation marks round it."),
    ("escape", "The backslash in double quotation marks begins nothing that YAML knows: use single quotation marks."),
    ("document start", "Something stands after the end of the text: take it out, or mend the indentation."),
)  # fmt: skip
TAB = "The line is indented with a tab, which YAML does not allow: use spaces."
GENERAL = "The text is not YAML from here on: look at the indentation, quotation marks and brackets near this line."


def sentence(problem: str, text: str, line: int) -> str:
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())] or "'\\t'" in problem:
        return TAB
    return next((words for part, words in WORDS if part in problem), GENERAL)
