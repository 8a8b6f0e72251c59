CREATE TABLE sequence (
    name TEXT NOT NULL,
    value INTEGER NOT NULL,
    CONSTRAINT pk_sequence PRIMARY KEY (name)
) STRICT

CREATE TABLE session (
    number INTEGER NOT NULL,
    till TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    business_date TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    currency TEXT NOT NULL,
    opening_float INTEGER NOT NULL,
    closed_at TEXT,
    closed_by TEXT DEFAULT '' NOT NULL,
    expected INTEGER,
    counted INTEGER,
    "left" INTEGER,
    reason TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_session PRIMARY KEY (number)
) STRICT

CREATE TABLE journal (
    number INTEGER NOT NULL,
    session INTEGER NOT NULL,
    kind TEXT NOT NULL,
    sale TEXT DEFAULT '' NOT NULL,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_journal PRIMARY KEY (number)
) STRICT

CREATE INDEX ix_journal_session ON journal (session)

CREATE INDEX ix_journal_kind ON journal (kind)

CREATE TABLE print_job (
    id INTEGER NOT NULL,
    title TEXT NOT NULL,
    printer TEXT NOT NULL,
    document TEXT NOT NULL,
    state TEXT NOT NULL,
    fault TEXT DEFAULT '' NOT NULL,
    attempts INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT pk_print_job PRIMARY KEY (id)
) STRICT

CREATE INDEX ix_print_job_state ON print_job (state)

CREATE TABLE outbox (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT pk_outbox PRIMARY KEY (id),
    CONSTRAINT uq_outbox_key UNIQUE ("key")
) STRICT

CREATE TABLE setting (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY ("key")
) STRICT

CREATE TABLE sale (
    id TEXT NOT NULL,
    till TEXT NOT NULL,
    session INTEGER NOT NULL,
    operator TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    business_date TEXT NOT NULL,
    currency TEXT NOT NULL,
    rounding TEXT NOT NULL,
    receipt_number INTEGER,
    closed_at TEXT,
    total INTEGER NOT NULL,
    label TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    customer TEXT,
    price_list TEXT DEFAULT '' NOT NULL,
    discount TEXT,
    tax_free TEXT,
    CONSTRAINT pk_sale PRIMARY KEY (id),
    CONSTRAINT fk_sale_session FOREIGN KEY(session) REFERENCES session (number),
    CONSTRAINT uq_sale_receipt_number UNIQUE (receipt_number)
) STRICT

CREATE INDEX ix_sale_state ON sale (state)

CREATE INDEX ix_sale_session ON sale (session)

CREATE TABLE line_item (
    sale TEXT NOT NULL,
    number INTEGER NOT NULL,
    product TEXT NOT NULL,
    name TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    unit TEXT NOT NULL,
    unit_price TEXT NOT NULL,
    tax_code TEXT NOT NULL,
    tax_rate INTEGER NOT NULL,
    tax_included INTEGER NOT NULL,
    gtin TEXT DEFAULT '' NOT NULL,
    packaging TEXT DEFAULT '' NOT NULL,
    content INTEGER,
    weighed INTEGER NOT NULL,
    deposit_of INTEGER,
    price_source TEXT NOT NULL,
    price_note TEXT DEFAULT '' NOT NULL,
    picture TEXT DEFAULT '' NOT NULL,
    step INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    public_price TEXT,
    discount TEXT,
    share INTEGER NOT NULL,
    untaxed INTEGER NOT NULL,
    goods TEXT NOT NULL,
    loads TEXT,
    CONSTRAINT pk_line_item PRIMARY KEY (sale, number),
    CONSTRAINT fk_line_item_sale FOREIGN KEY(sale) REFERENCES sale (id)
) STRICT

CREATE TABLE tender (
    sale TEXT NOT NULL,
    number INTEGER NOT NULL,
    method TEXT NOT NULL,
    amount INTEGER NOT NULL,
    is_cash INTEGER NOT NULL,
    state TEXT NOT NULL,
    redeems TEXT,
    CONSTRAINT pk_tender PRIMARY KEY (sale, number),
    CONSTRAINT fk_tender_sale FOREIGN KEY(sale) REFERENCES sale (id)
) STRICT

CREATE TABLE seal (
    sale TEXT NOT NULL,
    receipt_number INTEGER NOT NULL,
    unit TEXT NOT NULL,
    data TEXT DEFAULT '' NOT NULL,
    details TEXT NOT NULL,
    CONSTRAINT pk_seal PRIMARY KEY (sale),
    CONSTRAINT uq_seal_receipt_number UNIQUE (receipt_number),
    CONSTRAINT fk_seal_sale FOREIGN KEY(sale) REFERENCES sale (id)
) STRICT

CREATE TRIGGER sale_begins_open BEFORE INSERT ON sale
    WHEN new.state <> 'open' OR new.receipt_number IS NOT NULL OR EXISTS (SELECT 1 FROM sale
        WHERE id = new.id)
    BEGIN SELECT RAISE(ABORT, 'a sale begins open'); END

CREATE TRIGGER sale_done_is_final BEFORE UPDATE ON sale
    WHEN old.state IN ('closed', 'cancelled')
    BEGIN SELECT RAISE(ABORT, 'a closed sale is final'); END

CREATE TRIGGER sale_sealing_only_closes BEFORE UPDATE ON sale
    WHEN old.state = 'sealing' AND (new.state NOT IN ('sealing', 'closed') OR (new.till,
        new.session, new.operator, new.opened_at, new.business_date, new.currency,
        new.rounding, new.closed_at, new.total, new.note, new.customer, new.price_list,
        new.discount, new.tax_free) IS NOT (old.till, old.session, old.operator,
        old.opened_at, old.business_date, old.currency, old.rounding, old.closed_at,
        old.total, old.note, old.customer, old.price_list, old.discount, old.tax_free))
    BEGIN SELECT RAISE(ABORT, 'the content of this sale is frozen'); END

CREATE TRIGGER sale_number_is_final BEFORE UPDATE ON sale
    WHEN old.receipt_number IS NOT NULL AND new.receipt_number IS NOT old.receipt_number OR
        new.id <> old.id
    BEGIN SELECT RAISE(ABORT, 'a receipt number is final'); END

CREATE TRIGGER sale_stays BEFORE DELETE ON sale
    BEGIN SELECT RAISE(ABORT, 'sales are never deleted'); END

CREATE TRIGGER line_item_insert_frozen BEFORE INSERT ON line_item
    WHEN EXISTS (SELECT 1 FROM sale WHERE id IN (new.sale) AND state IN ('sealing',
        'closed', 'cancelled'))
    BEGIN SELECT RAISE(ABORT, 'the content of this sale is frozen'); END

CREATE TRIGGER line_item_update_frozen BEFORE UPDATE ON line_item
    WHEN EXISTS (SELECT 1 FROM sale WHERE id IN (old.sale, new.sale) AND state IN
        ('sealing', 'closed', 'cancelled'))
    BEGIN SELECT RAISE(ABORT, 'the content of this sale is frozen'); END

CREATE TRIGGER line_item_delete_frozen BEFORE DELETE ON line_item
    WHEN EXISTS (SELECT 1 FROM sale WHERE id IN (old.sale) AND state IN ('sealing',
        'closed', 'cancelled'))
    BEGIN SELECT RAISE(ABORT, 'the content of this sale is frozen'); END

CREATE TRIGGER tender_insert_frozen BEFORE INSERT ON tender
    WHEN EXISTS (SELECT 1 FROM sale WHERE id IN (new.sale) AND state IN ('sealing',
        'closed', 'cancelled'))
    BEGIN SELECT RAISE(ABORT, 'the content of this sale is frozen'); END

CREATE TRIGGER tender_update_frozen BEFORE UPDATE ON tender
    WHEN EXISTS (SELECT 1 FROM sale WHERE id IN (old.sale, new.sale) AND state IN
        ('sealing', 'closed', 'cancelled'))
    BEGIN SELECT RAISE(ABORT, 'the content of this sale is frozen'); END

CREATE TRIGGER tender_delete_frozen BEFORE DELETE ON tender
    WHEN EXISTS (SELECT 1 FROM sale WHERE id IN (old.sale) AND state IN ('sealing',
        'closed', 'cancelled'))
    BEGIN SELECT RAISE(ABORT, 'the content of this sale is frozen'); END

CREATE TRIGGER journal_insert_next BEFORE INSERT ON journal
    WHEN new.number <> (SELECT coalesce(max(number), 0) + 1 FROM journal)
    BEGIN SELECT RAISE(ABORT, 'the journal has no gap'); END

CREATE TRIGGER seal_insert_once BEFORE INSERT ON seal
    WHEN EXISTS (SELECT 1 FROM seal WHERE sale = new.sale OR receipt_number =
        new.receipt_number)
    BEGIN SELECT RAISE(ABORT, 'a receipt is sealed once'); END

CREATE TRIGGER journal_update_refused BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'append-only'); END

CREATE TRIGGER journal_delete_refused BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'append-only'); END

CREATE TRIGGER seal_update_refused BEFORE UPDATE ON seal
    BEGIN SELECT RAISE(ABORT, 'append-only'); END

CREATE TRIGGER seal_delete_refused BEFORE DELETE ON seal
    BEGIN SELECT RAISE(ABORT, 'append-only'); END

CREATE TRIGGER sequence_counts_up BEFORE UPDATE ON sequence
    WHEN new.name <> old.name OR new.value <> old.value + 1
    BEGIN SELECT RAISE(ABORT, 'numbers count up by one'); END

CREATE TRIGGER sequence_stays BEFORE DELETE ON sequence
    BEGIN SELECT RAISE(ABORT, 'numbers count up by one'); END

CREATE TRIGGER session_insert_final BEFORE INSERT ON session
    WHEN EXISTS (SELECT 1 FROM session WHERE number IN (new.number) AND state = 'closed')
    BEGIN SELECT RAISE(ABORT, 'a closed session is final'); END

CREATE TRIGGER session_update_final BEFORE UPDATE ON session
    WHEN EXISTS (SELECT 1 FROM session WHERE number IN (old.number, new.number) AND state =
        'closed')
    BEGIN SELECT RAISE(ABORT, 'a closed session is final'); END

CREATE TRIGGER session_stays BEFORE DELETE ON session
    BEGIN SELECT RAISE(ABORT, 'sessions are never deleted'); END
