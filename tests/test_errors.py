"""Errors as values: what survives the way from one process to another."""

import copy
import pickle

import pytest

from onrecord.errors import InputError, ModelError, OnRecordError, Outcome, RecordError, UsageError


@pytest.mark.parametrize("outcome", Outcome)
def test_an_input_error_comes_back_whole_from_another_process(outcome: Outcome) -> None:
    error = InputError("line 2: not JSON", source="tide.jsonl", outcome=outcome)
    error.add_note("found by a test")
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301  our own bytes
        assert (str(again), again.args, again.source) == (str(error), error.args, "tide.jsonl")
        assert (again.outcome, again.exit_code, again.__notes__) == (outcome, 1, ["found by a test"])


@pytest.mark.parametrize("kind", [OnRecordError, UsageError, ModelError, RecordError])
def test_the_other_errors_come_back_too(kind: type[OnRecordError]) -> None:
    again = pickle.loads(pickle.dumps(kind("no such setting")))  # noqa: S301  our own bytes
    assert type(again) is kind
    assert str(again) == "no such setting"
