"""What a mistake in the YAML is, in words that say what to do."""

from catalogue.readers.structured.places import BREAK

WORDS = (
    ("mapping values are not allowed", "A colon stands where no key can be: put quotation marks round a text that has"
     " a colon and a space in it, or mend the indentation."),
    ("block sequence entries are not allowed", "A hyphen stands where no list can be: begin the list on a line of its"
     " own, or put quotation marks round the text."),
    ("found unexpected end of stream", "A quotation mark is opened and not closed: close it."),
    ("unexpected document indicator", "A quotation mark is opened and not closed: close it."),
    ("could not find expected ':'", "A key needs a colon and a space after it: add them, or put the line where it"
     " belongs."),
    ("did not find expected key", "The line does not fit those above it: give keys of one section the same"
     " indentation."),
    ("did not find expected '-'", "The line does not fit those above it: give items of one list the same indentation."),
    ("did not find expected ',' or", "A bracket is not closed, or a comma is missing: mend it."),
    ("did not find expected node content", "Nothing stands where a value is expected: look at the brackets and commas"
     " before it."),
    ("cannot start any token", "A text cannot begin with this character: put quotation marks round it."),
    ("unknown escape", "The backslash in double quotation marks begins nothing that YAML knows: use single quotation"
     " marks."),
    ("hexdecimal", "A backslash with x, u or U is followed by 2, 4 or 8 hexadecimal digits: write them all."),
    ("invalid Unicode character escape", "The backslash with U stands for no character: take it out."),
    ("<document start>", "Something stands after the end of the text: take it out, or mend the indentation."),
    ("incompatible YAML document", "The text says that it is of another version of YAML: take the line %YAML out."),
    ("control characters", "A control character is not allowed in YAML: take it out."),
)  # fmt: skip
TAB = "The line is indented with a tab, which YAML does not allow: use spaces."
GENERAL = "The text is not YAML from here on: look at the indentation, quotation marks and brackets near this line."


def sentence(problem: str, text: str, line: int) -> str:
    lines = BREAK.split(text)
    here = lines[line - 1] if line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())] or "tab character" in problem:
        return TAB
    return next((words for part, words in WORDS if part in problem), GENERAL)
