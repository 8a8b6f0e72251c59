"""Print jobs: stored, tried, moved, dropped with a reason; a second print is a copy."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.operator import Right
from pos.domain.sale import Sale
from pos.ports.document import Document
from pos.ports.fiscal import Seal
from pos.ports.store import JobState, PrintJob, UnitOfWork
from pos.till import devices, papers
from pos.till.card_papers import queue_cards, revealed
from pos.till.desk import Desk

INTERRUPTED = "not_printed"
"""The program ended while a job was out: nobody knows whether the paper came."""


def job_done(desk: Desk, number: int, fault: str) -> None:
    """Note what became of a job; an empty fault means it is on paper."""
    job = desk.store.print_job(number)
    state = JobState.FAILED if fault else JobState.PRINTED
    with desk.writing() as work:
        work.save_print_job(replace(job, state=state, fault=fault, attempts=job.attempts + 1))
    devices.told(desk, job.printer, fault)


def retry(desk: Desk, number: int, printer: str = "") -> None:
    """Print a failed job again, on its own printer or another."""
    job = _waiting(desk, number)
    if printer and printer not in desk.printing.names():
        raise Refusal("no_such_printer", printer=printer)
    document = job.document
    if job.fault == INTERRUPTED:
        document = replace(document, copy=max(1, document.copy))
    again = replace(job, printer=printer or job.printer, state=JobState.QUEUED, document=document)
    with desk.writing() as work:
        work.save_print_job(again)
        if again.printer != job.printer:
            facts = {"job": number, "to": again.printer, "title": document.title}
            desk.record(work, Kind.JOB_MOVED, facts)
    desk.printing.send(revealed(desk, again))


def drop(desk: Desk, number: int, reason: str) -> None:
    """Give a paper up; says why."""
    job = _waiting(desk, number)
    if not reason.strip():
        raise Refusal("drop_reason")
    with desk.writing() as work:
        work.save_print_job(replace(job, state=JobState.DROPPED))
        facts = {"job": number, "title": job.document.title, "reason": reason.strip()}
        desk.record(work, Kind.JOB_DROPPED, facts)


def _waiting(desk: Desk, number: int) -> PrintJob:
    desk.who()
    job = desk.store.print_job(number)
    if job.state in (JobState.PRINTED, JobState.DROPPED):
        raise Refusal("job_done", job=number)
    return job


def receipt_document(desk: Desk, number: int | None) -> Document:
    """A receipt as it was printed; None is the newest."""
    sale = desk.store.last_closed_sale() if number is None else desk.store.sale_by_receipt(number)
    if sale is None:
        raise Refusal("no_receipt_yet")
    return papers.receipt(desk, sale, desk.store.seal_of(sale.id) or Seal("none"))


class Copied(Struct, frozen=True):
    """A copy of a receipt: the sale, and the paper that says which copy it is."""

    sale: Sale
    document: Document

    @property
    def facts(self) -> dict[str, object]:
        """What the journal says of it."""
        return {"number": self.sale.receipt_number, "copy": self.document.copy}


def copied(desk: Desk, number: int | None) -> Copied:
    """A receipt's next copy as it goes into a file, in the journal like one on paper."""
    made = _next_copy(desk, number)
    with desk.writing() as work:
        desk.record(work, Kind.RECEIPT_COPIED, made.facts)
    return made


def _next_copy(desk: Desk, number: int | None) -> Copied:
    desk.who()
    document = receipt_document(desk, number)
    sale = desk.store.last_closed_sale() if number is None else desk.store.sale_by_receipt(number)
    assert sale is not None and sale.receipt_number is not None
    count = desk.store.copies_of(sale.receipt_number) + 1
    return Copied(sale, replace(document, copy=count))


def reprint(desk: Desk, number: int | None) -> None:
    """Print a receipt again, marked as a copy (complaint 7 of the peers).

    The slips of its cards come again too (T-108), for whoever may see their codes.
    """
    made = _next_copy(desk, number)
    with desk.writing() as work:
        desk.record(work, Kind.RECEIPT_COPIED, made.facts)
        job = desk.queue(work, made.document)
        cards = _cards_again(desk, work, made.sale, made.document.copy)
    for each in (job, *cards):
        if each is not None:
            desk.printing.send(revealed(desk, each))


def _cards_again(desk: Desk, work: UnitOfWork, sale: Sale, copy: int) -> list[PrintJob]:
    if not desk.who().may(Right.CODES):
        return []
    jobs = queue_cards(desk, work, sale, copy=copy)
    if jobs:
        facts = {"receipt": sale.receipt_number, "count": len(jobs)}
        desk.record(work, Kind.CARD_PRINTED, facts)
    return jobs


def print_out(desk: Desk, document: Document) -> None:
    """Print a paper that is no receipt: a report, a slip."""
    with desk.writing() as work:
        job = desk.queue(work, document)
    if job is not None:
        desk.printing.send(job)


def test_print(desk: Desk, printer: str) -> None:
    """Print a test paper on one printer."""
    desk.who()
    if printer not in desk.printing.names():
        raise Refusal("no_such_printer", printer=printer)
    with desk.writing() as work:
        job = desk.queue(work, papers.test_paper(desk, printer), printer)
    if job is not None:
        desk.printing.send(job)


def set_interrupted_aside(desk: Desk) -> None:
    """At start: jobs that were out when the program ended wait for a person."""
    for job in desk.store.print_jobs(JobState.QUEUED):
        with desk.writing() as work:
            work.save_print_job(replace(job, state=JobState.FAILED, fault=INTERRUPTED))
