"""Words that tell of an act: the table `ar/acts.yaml` compiled, and finding its rows among the words of an article.

Pure; knows no names. A trigger is a verb, a noun or a phrase of a row, with the position of its first word and how
that word is inflected. Whether the act is told, denied, threatened or wanted is not decided here.
"""

from agents.language.triggers.compiler import compile_triggers, load_triggers
from agents.language.triggers.finder import Triggers
from agents.language.triggers.inflections import nominal
from agents.language.triggers.line import Line
from agents.language.triggers.rows import Row, Trigger

__all__ = ["Line", "Row", "Trigger", "Triggers", "compile_triggers", "load_triggers", "nominal"]
