ALTER TABLE card_entry ADD COLUMN until TEXT

ALTER TABLE card_entry ADD COLUMN receipt INTEGER DEFAULT 0 NOT NULL

ALTER TABLE card_entry ADD COLUMN step TEXT DEFAULT '' NOT NULL

CREATE TABLE untold (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    card TEXT NOT NULL,
    amount INTEGER NOT NULL,
    hold TEXT DEFAULT '' NOT NULL,
    "of" INTEGER,
    sale TEXT DEFAULT '' NOT NULL,
    till TEXT DEFAULT '' NOT NULL,
    operator TEXT DEFAULT '' NOT NULL,
    at TEXT NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    receipt INTEGER NOT NULL,
    step TEXT DEFAULT '' NOT NULL,
    told INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(card) REFERENCES card (id)
) STRICT

CREATE INDEX untold_by_card ON untold (card)

CREATE INDEX untold_waiting ON untold (id) WHERE told = 0

CREATE TABLE card_run (
    id TEXT NOT NULL,
    programme TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL,
    expires TEXT,
    chosen TEXT NOT NULL,
    wanted INTEGER NOT NULL,
    state TEXT NOT NULL,
    place TEXT DEFAULT '' NOT NULL,
    made INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    taken_back INTEGER NOT NULL,
    mailed INTEGER NOT NULL,
    at TEXT NOT NULL,
    operator TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
) WITHOUT ROWID, STRICT

CREATE INDEX card_run_open ON card_run (state) WHERE state <> 'done'

CREATE TABLE mail (
    id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    facts TEXT NOT NULL,
    state TEXT NOT NULL,
    fault TEXT DEFAULT '' NOT NULL,
    attempts INTEGER NOT NULL,
    at TEXT NOT NULL,
    done_at TEXT,
    PRIMARY KEY (id)
) STRICT

CREATE UNIQUE INDEX mail_by_key ON mail ("key")

CREATE INDEX mail_open ON mail (state) WHERE state <> 'sent'
