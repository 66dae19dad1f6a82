"""Which of several disagreeing facts the charts use: the rule, written once, and overridable by hand.

Grade A over B over C over D, then the newer source, then the more specific fact (a full date over a year, a named
indication over an unspecified one). A choice by hand is a ``conflict_note`` that begins with "By hand:".
"""

from __future__ import annotations

import pandas as pd

BY_HAND = "By hand:"
_GRADE_RANK = {"A": 0, "B": 1, "C": 2, "D": 3}


def conflict_groups(facts: pd.DataFrame, conflict_key: tuple[str, ...]) -> list[pd.DataFrame]:
    """Return the groups of two or more facts that answer one question.

    ``conflict_key`` names the columns that such facts share. Where it holds a date, facts without one compete with
    nobody, for nobody knows whether they speak of the same time.
    """
    if not conflict_key or facts.empty:
        return []
    eligible = pd.Series(True, index=facts.index)
    for column in conflict_key:
        if column.endswith("_date"):
            eligible &= facts[column] != ""
    eligible &= facts.duplicated([*conflict_key], keep=False)
    return [group for _, group in facts[eligible].groupby([*conflict_key]) if len(group) > 1]


def by_rule(group: pd.DataFrame, sources: pd.DataFrame) -> str:
    """Return the ``fact_id`` that the rule of preference chooses among the facts of one group.

    ``sources`` is the dataset's table of sources, indexed by ``source_id``.
    """

    grades, published = sources["grade"].to_dict(), sources["published"].to_dict()

    def rank(fact: pd.Series) -> tuple[int, str, int]:
        best = fact["source_ids"].split(";")[0]
        specific = sum(len(str(fact[column])) for column in ("approval_date", "effective_date", "decision_date") if column in fact)
        return (-_GRADE_RANK.get(grades.get(best, ""), len(_GRADE_RANK)), published.get(best, ""), specific)

    ranked = sorted((rank(fact), fact["fact_id"]) for _, fact in group.iterrows())
    return str(ranked[-1][1])
