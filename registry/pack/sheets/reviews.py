"""`reviews.csv`: what bodies found when they took a component up."""

from registry.models import Review
from registry.models.review import LONGEST, LONGEST_WEEKS, TRIED
from registry.pack import columns
from registry.pack.checks import refuse_rows, spoken
from registry.pack.sheet import Check, Sheet
from registry.pack.staging import Staged

STAGES = ", ".join(f"'{stage.value}'" for stage in TRIED)
ADOPTED = f"""EXISTS (SELECT 1 FROM registry_declaration d WHERE d.kind = 'adoption' AND d.superseded_in_id IS NULL
    AND d.stage IN ({STAGES}) AND d.organisation_id = {{organisation}} AND d.component_id = {{component}})"""


def refuse_strangers(staged: Staged) -> int:
    """Refuse what a body says of a component that it never said it took up."""
    adopted = ADOPTED.format(organisation="s.organisation", component="s.component")
    staged.cursor.execute(f"""
        SELECT s._line, s.organisation::text FROM pack_staged s WHERE NOT s._refused AND NOT {adopted}""")
    problem = "This body has no adoption of the component that runs or has ended."
    remedy = "Add the adoption to adoptions.csv, or remove the row."
    return refuse_rows(
        staged,
        (
            (line, "organisation", spoken(staged, ["organisation"], [body]), problem, remedy)
            for line, body in staged.cursor.fetchall()
        ),
    )


REVIEWS = Sheet(
    file="reviews.csv",
    model=Review,
    supersedes=True,
    scope=ADOPTED.format(organisation="t.organisation_id", component="t.component_id"),
    key=("organisation", "component"),
    columns=(
        columns.reference("organisation", "organisation", required=True),
        columns.reference("component", "component", required=True),
        columns.day("written_on", required=True),
        columns.text("went_well", LONGEST),
        columns.text("blocked", LONGEST),
        columns.whole("weeks_to_adopt", LONGEST_WEEKS),
    ),
    checks=(
        Check(
            ("went_well", "blocked"),
            "{went_well} IS NULL AND {blocked} IS NULL",
            "The review says nothing.",
            "Say what went well, or what stood in the way.",
        ),
    ),
    further_checks=(refuse_strangers,),
)
