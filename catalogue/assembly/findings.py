"""Everything that is found about an assembly, the gravest first."""

from catalogue.assembly.fitness import lifecycle_problems, not_available
from catalogue.assembly.licences import licence_problems
from catalogue.assembly.needs import conflicts, missing_bricks, unmet_requirements
from catalogue.assembly.parts import ADVICE, NOTE, PROBLEM, Assembly, Finding
from catalogue.assembly.standards import standards_gaps

ORDER = (PROBLEM, ADVICE, NOTE)
RULES = (
    missing_bricks,
    unmet_requirements,
    conflicts,
    not_available,
    lifecycle_problems,
    standards_gaps,
    licence_problems,
)


def findings(assembly: Assembly) -> list[Finding]:
    found = [finding for rule in RULES for finding in rule(assembly)]
    return sorted(found, key=lambda finding: ORDER.index(finding.weight))
