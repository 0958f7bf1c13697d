"""What each stage decides. The alphabetical order of the stage files is the order of the flow.

In event-data dictionaries "agents" are role nouns ("minister"); here they are Faust's: the stages. People and
their titles are `actors` and `roles`.
"""
