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

snapshot/         What was recorded about public bodies when the edition was calculated, as tables (CSV). The evidence
                  of a use is the grade that counted: an exchange of attestations counts as E1. Where there is a file
                  suspended.csv, it names the stewards whose attestations an audit did not confirm.
parameters.json   The rules of the method as numbers: weights, limits, ranges.
edition.json      What the edition is called, when it was calculated, and the hashes that name its inputs.
results.json      Every published number of every body, in full. After the bodies, what holds of all of them together:
                  "robustness", how much each part weighs in fact and how far the order hangs on the way of adding up;
                  "sensitivity", which judgements of the method move the scores most.
results.csv       The main numbers as one table.
realised.csv      What bodies have saved by sharing, case by case: stated cost before and after, a year.
{trends}recompute.py      The program that works everything out again from the files above.
SHA256SUMS        A fingerprint of each file. "sha256sum -c SHA256SUMS" shows whether one was changed.

HOW TO READ THE RESULTS

Bodies with enough confirmed information have a score from 0 to 100 and a range. With less there is a range alone, in
whole points; with too little there is no number, only what is missing. A blank is never zero. Compare only bodies of
one peer group. "rank_interval" is the place of a body as a range, 1 being the highest, among the "members" scores of
"group": its own peer group, or a wider one where its own has fewer than ten. There is no order of bodies across groups,
and none within one: ranges overlap. The score does not say how good a body is at its work, and no funding, pay or
ranking should hang on it.

WHAT IS WORKED OUT AGAIN, AND WHAT IS ONLY ADDED UP

Every number of "organisations" and "functions" in results.json is worked out again from the snapshot, and so are the
savings that are identified, contracted and modelled in its "ladder". "contracted" is the part of "identified" of bodies
that have stated that they plan, try or partly use a shared component: never add the two.

"realised" and "realised_at_e1" are only added up from realised.csv. What a system cost that has ended since is in the
registry's history, and the snapshot holds what is said now. Of each row the program checks that "saving" is "before"
less "after", and that "after" is what the snapshot says that the adoptions cost. Where "before", "evidence" and "since"
come from can be read in the registry: /api/v1/declarations?history=1 with &organisation= and &function=. Costs are in
prices of one year; a saving may be below nothing.

"held_for_review" in edition.json names bodies whose score moved so far that somebody looks at it before it is shown.
"paused_by_dispute" names functions that a body disputed and that were not settled when the edition was published: what
each of them adds to the score is null here. The score itself stays. This file never changes; the pages say what was
settled since.
A component that was not public yet when the edition was calculated is called "not-public-1" and so on.
"""

_TRENDS = """\
trends.json       What changed each score since edition {since}. To work that out again too, unpack the open data of
                  that edition beside these, and name its folder: python recompute.py --before FOLDER
"""


def readme(edition: Edition) -> str:
    erratum = f"\nThis is a correction. What was wrong before: {edition.erratum}\n" if edition.erratum else ""
    return _TEXT.format(
        label=edition.label,
        revision=edition.revision,
        day=edition.snapshot_date.isoformat(),
        method=edition.method_version,
        erratum=erratum,
        trends=_TRENDS.format(since=edition.compared_with) if edition.compared_with else "",
    )
