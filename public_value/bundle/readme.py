"""What is in an edition's open data, in plain words: `README.txt`."""

from public_value.models import Edition

_TEXT = """\
PUBLIC VALUE INDEX, EDITION {label}, REVISION {revision}
As recorded for {day}. Method {method}.
{erratum}
These files hold everything that this edition was worked out from, and every number that was published.
Anybody can work the numbers out again and compare. You need Python 3.12 or newer, and nothing else:

    python recompute.py

It takes from seconds to minutes, says what it compared, and ends with "All ... published values are what comes out."
Nothing is sent anywhere, and nothing is changed.

WHAT IS IN IT

snapshot/         What was recorded about public bodies when the edition was calculated, as tables (CSV).
parameters.json   The rules of the method as numbers: weights, limits, ranges.
edition.json      What the edition is called, when it was calculated, and the hashes that name its inputs.
results.json      Every published number of every body, in full.
results.csv       The main numbers as one table.
recompute.py      The program that works everything out again from the files above.
SHA256SUMS        A fingerprint of each file. "sha256sum -c SHA256SUMS" shows whether one was changed.

HOW TO READ THE RESULTS

Bodies with enough confirmed information have a score from 0 to 100 and a range. With less there is a range alone, in
whole points; with too little there is no number, only what is missing. A blank is never zero. Compare only bodies of
one peer group. "rank_interval" is the place of a body as a range, 1 being the highest, among the "members" scores of
"group": its own peer group, or a wider one where its own has fewer than ten. There is no order of bodies across groups,
and none within one: ranges overlap. The score does not say how good a body is at its work, and no funding, pay or
ranking should hang on it.

"held_for_review" in edition.json names bodies whose score moved so far that somebody looks at it before it is shown.
A component that was not public yet when the edition was calculated is called "not-public-1" and so on.
"""


def readme(edition: Edition) -> str:
    erratum = f"\nThis is a correction. What was wrong before: {edition.erratum}\n" if edition.erratum else ""
    return _TEXT.format(
        label=edition.label,
        revision=edition.revision,
        day=edition.snapshot_date.isoformat(),
        method=edition.method_version,
        erratum=erratum,
    )
