"""Facts of a text that decide whether it says the same as another: negation, numbers, dates, names, opposites."""

from agents.language.facts.reader import FactReader, FindNames, load_fact_reader
from agents.language.facts.said import Facts, Term, one_set

__all__ = ["FactReader", "Facts", "FindNames", "Term", "load_fact_reader", "one_set"]
