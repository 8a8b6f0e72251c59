"""Documents of goods by mail (SRT-6): queued once a day and address, sent when there is a way."""

from __future__ import annotations

from pos.domain.errors import Refusal
from pos.ports.goods import Paper
from pos.ports.mail import Attachment, Letter, Message
from pos.till.desk import Desk
from pos.till.vouchers.mailing import is_address

KIND = "document"


def mail_document(desk: Desk, product: str, file: str, address: str = "") -> None:
    """Queue a document of a product; without an address for the customer of the sale.

    Raises Refusal "document_not_here" or "document_no_address".
    """
    desk.who()
    if not _paper(desk, product, file).path:
        raise Refusal("document_not_here", file=file)
    customer = desk.sale.customer if desk.sale else None
    to = address.strip() or (customer.mail if customer else "")
    if not is_address(to):
        raise Refusal("document_no_address")
    key = f"document-{product}-{file}-{desk.today().isoformat()}-{to.lower()}"
    with desk.writing():
        facts = {"product": product, "file": file}
        if desk.store.mails.add_once(Letter(0, key, KIND, to, facts, desk.now())):
            desk.letters_waiting += 1
    desk.more_to_do()


def message(desk: Desk, letter: Letter) -> Message:
    """The letter as it leaves; raises Refusal "document_not_here" once the file is gone."""
    number, file = letter.facts["product"], letter.facts["file"]
    paper = _paper(desk, number, file)
    if not paper.path:
        raise Refusal("document_not_here", file=file)
    product, texts = desk.catalogue.product(number), desk.paper_texts
    name = product.name if product else number
    return Message(
        id=letter.key,
        to=letter.recipient,
        subject=texts.get("document.subject", name=name, paper=paper.name),
        text=texts.get("document.text", name=name, paper=paper.name, shop=desk.shop.name),
        sender=desk.shop.name,
        at=desk.now(),
        attachments=(Attachment(paper.file, paper.path),),
    )


def _paper(desk: Desk, product: str, file: str) -> Paper:
    papers = desk.catalogue.details(product, desk.paper_texts.language).documents
    return next((each for each in papers if each.file == file), Paper(file, file))
