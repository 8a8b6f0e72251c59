ALTER TABLE card ADD COLUMN standing TEXT DEFAULT 'blank' NOT NULL

UPDATE card SET standing = (SELECT CASE WHEN balance > 0 THEN 'funded' ELSE 'empty' END
    FROM card_entry WHERE card = card.id ORDER BY number DESC LIMIT 1)
    WHERE EXISTS (SELECT 1 FROM card_entry WHERE card = card.id)

CREATE INDEX card_by_ending ON card (substr(masked, -1, 1)||substr(masked, -2, 1)||substr(masked, -3, 1)||substr(masked, -4, 1))

DROP INDEX card_by_run

CREATE INDEX card_by_run ON card (run, id, standing, expires) WHERE run <> ''

CREATE INDEX card_by_standing ON card (standing, id, expires)

CREATE INDEX card_by_standing_in_programme ON card (standing, programme, id, expires)

CREATE INDEX card_by_last_day ON card (standing, expires, programme)

CREATE INDEX unconfirmed_by_state ON unconfirmed (state, at)

CREATE TABLE card_hold (
    hold TEXT NOT NULL,
    card TEXT NOT NULL,
    sale TEXT NOT NULL,
    till TEXT NOT NULL,
    amount INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (hold)
) WITHOUT ROWID, STRICT

INSERT INTO card_hold SELECT hold, card, sale, till, held, at FROM card_entry AS made
    WHERE kind = 'reserve' AND NOT EXISTS (SELECT 1 FROM card_entry AS ended
        WHERE ended.hold = made.hold AND ended.kind IN ('redeem', 'release'))

CREATE TABLE card_tally (
    programme TEXT NOT NULL,
    currency TEXT NOT NULL,
    cards INTEGER NOT NULL,
    balance INTEGER NOT NULL,
    PRIMARY KEY (programme, currency)
) WITHOUT ROWID, STRICT

INSERT INTO card_tally SELECT programme, currency, count(DISTINCT id), coalesce(sum(amount), 0)
    FROM card LEFT JOIN card_entry ON card_entry.card = card.id GROUP BY programme, currency

CREATE TRIGGER card_is_counted AFTER INSERT ON card BEGIN INSERT INTO card_tally VALUES (new.programme, new.currency, 1, 0) ON CONFLICT DO UPDATE SET cards = cards + 1; END

CREATE TRIGGER card_entry_is_counted AFTER INSERT ON card_entry WHEN new.amount <> 0 BEGIN UPDATE card_tally SET balance = balance + new.amount WHERE (programme, currency) = (SELECT programme, currency FROM card WHERE id = new.card); END

CREATE TRIGGER card_entry_sets_standing AFTER INSERT ON card_entry BEGIN UPDATE card SET standing = CASE WHEN new.balance > 0 THEN 'funded' ELSE 'empty' END WHERE id = new.card AND standing <> CASE WHEN new.balance > 0 THEN 'funded' ELSE 'empty' END; END

CREATE TRIGGER card_standing_follows BEFORE UPDATE OF standing ON card WHEN new.standing IS NOT (SELECT CASE WHEN balance > 0 THEN 'funded' ELSE 'empty' END FROM card_entry WHERE card = new.id ORDER BY number DESC LIMIT 1) BEGIN SELECT RAISE(ABORT, 'what a card holds is told by its entries'); END

CREATE TRIGGER card_hold_begins AFTER INSERT ON card_entry WHEN new.kind = 'reserve' BEGIN INSERT INTO card_hold VALUES (new.hold, new.card, new.sale, new.till, new.held, new.at); END

CREATE TRIGGER card_hold_ends AFTER INSERT ON card_entry WHEN new.kind IN ('redeem', 'release') BEGIN DELETE FROM card_hold WHERE hold = new.hold; END
