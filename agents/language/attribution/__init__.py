"""Attribution: who is told to have said what, in one sentence. Knows verbs and clauses, no names.

Whose words they are is found out by `agents.speakers`, which knows the names.
"""

from agents.language.attribution.reader import find_reports
from agents.language.attribution.report import ACCORDING, LABEL, LISTED, Report, answer, goes_on

__all__ = ["ACCORDING", "LABEL", "LISTED", "Report", "answer", "find_reports", "goes_on"]
