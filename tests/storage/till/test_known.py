"""What is kept at hand of the records is never older than the records."""

from __future__ import annotations

import pytest

from pos.domain.errors import Refusal
from pos.ports.document import Document
from pos.ports.store import JobState
from tests.support.till import MORNING, TestTill

PAPER = Document("receipt", "Bon", ())
FACTS = {"tries": 5}


def test_a_new_job_is_seen_at_once_and_gone_when_its_transaction_fails(desk: TestTill) -> None:
    store = desk.store
    before = store.job_heads(JobState.QUEUED)
    with pytest.raises(Refusal), store.begin() as work:
        work.add_print_job("Bon", PAPER, MORNING)
        assert len(store.job_heads(JobState.QUEUED)) == len(before) + 1
        raise Refusal("no_such_job")
    assert store.job_heads(JobState.QUEUED) == before
    with store.begin() as work:
        work.add_print_job("Bon", PAPER, MORNING)
    assert len(store.job_heads(JobState.QUEUED)) == len(before) + 1


def test_a_job_that_was_printed_leaves_the_list(desk: TestTill) -> None:
    with desk.store.begin() as work:
        job = work.add_print_job("Bon", PAPER, MORNING)
    assert job.id in [head.id for head in desk.store.job_heads(JobState.QUEUED)]
    desk.till.job_done(job.id, "")
    assert job.id not in [head.id for head in desk.store.job_heads(JobState.QUEUED)]


def test_a_task_stands_in_the_list_until_it_is_done(desk: TestTill) -> None:
    assert desk.store.tasks() == []
    with desk.store.begin() as work:
        work.add_task("voucher_guessing", FACTS, MORNING)
    (task,) = desk.store.tasks()
    with desk.store.begin() as work:
        work.finish_task(task.id, "maria", MORNING)
    assert desk.store.tasks() == []
