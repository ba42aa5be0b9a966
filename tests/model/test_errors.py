"""Faults of one input, told together."""

from audit.model.errors import MOST_TOLD, CellError, InputErrors


def test_of_very_many_faults_the_first_are_told_and_the_others_counted() -> None:
    faults = [CellError("t.csv", line, "a", "x", "is no number") for line in range(2, MOST_TOLD + 5)]
    told = InputErrors([*faults]).sentences()
    assert len(told) == MOST_TOLD + 1 and told[0] == "t.csv:2: a “x” is no number."
    assert told[-1].startswith("3 more such faults")
    assert len(InputErrors([*faults[:MOST_TOLD]]).sentences()) == MOST_TOLD
