DROP TRIGGER card_made_once

DROP INDEX card_by_digest

DROP INDEX card_by_ending

CREATE UNIQUE INDEX card_by_code ON card (substr(masked, -1, 1)||substr(masked, -2, 1)||substr(masked, -3, 1)||substr(masked, -4, 1), digest)

CREATE TRIGGER card_made_once BEFORE INSERT ON card WHEN EXISTS (SELECT 1 FROM card WHERE id = new.id) OR EXISTS (SELECT 1 FROM card WHERE substr(masked, -1, 1)||substr(masked, -2, 1)||substr(masked, -3, 1)||substr(masked, -4, 1) = substr(new.masked, -1, 1)||substr(new.masked, -2, 1)||substr(new.masked, -3, 1)||substr(new.masked, -4, 1) AND digest = new.digest) BEGIN SELECT RAISE(ABORT, 'a card is made once'); END

DROP INDEX card_by_last_day

CREATE INDEX card_by_last_day ON card (standing, expires, programme) WHERE expires IS NOT NULL
