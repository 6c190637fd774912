"""What can be checked about a component: facts with their day and source, and rules about them. No total, no rank.

Facts and rules stand apart: `held` reads, `facts` states, `rules` judges by a published file that is never edited.
"""

from registry.scorecard.facts import Fact, facts_of
from registry.scorecard.held import held
from registry.scorecard.rules import Result, Rule, RuleBook, Verdict, judged, rule_book

__all__ = ["Fact", "Result", "Rule", "RuleBook", "Verdict", "facts_of", "held", "judged", "rule_book"]
