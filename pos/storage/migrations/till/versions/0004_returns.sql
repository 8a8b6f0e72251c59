ALTER TABLE sale ADD COLUMN voids INTEGER

ALTER TABLE line_item ADD COLUMN returns TEXT

ALTER TABLE tender ADD COLUMN refunds TEXT

CREATE INDEX ix_line_item_returned ON line_item (json_extract(returns, '$.sale'))
    WHERE returns IS NOT NULL

CREATE INDEX ix_tender_refunded ON tender (json_extract(refunds, '$.sale'))
    WHERE refunds IS NOT NULL

DROP TRIGGER sale_sealing_only_closes

CREATE TRIGGER sale_sealing_only_closes BEFORE UPDATE ON sale WHEN old.state = 'sealing' AND
    (new.state NOT IN ('sealing', 'closed') OR (new.till, new.session, new.operator,
    new.opened_at, new.business_date, new.currency, new.rounding, new.closed_at, new.total,
    new.note, new.customer, new.price_list, new.discount, new.tax_free, new.voids) IS NOT
    (old.till, old.session, old.operator, old.opened_at, old.business_date, old.currency,
    old.rounding, old.closed_at, old.total, old.note, old.customer, old.price_list,
    old.discount, old.tax_free, old.voids))
    BEGIN SELECT RAISE(ABORT, 'the content of this sale is frozen'); END

CREATE TRIGGER return_within_sold BEFORE UPDATE ON sale
    WHEN new.state = 'sealing' AND old.state <> 'sealing' AND EXISTS (
        SELECT 1 FROM line_item AS back JOIN line_item AS sold
            ON sold.sale = json_extract(back.returns, '$.sale')
            AND sold.number = json_extract(back.returns, '$.line')
        WHERE back.sale = new.id AND back.returns IS NOT NULL AND back.removed = 0
            AND (sold.quantity + (
                SELECT sum(other.quantity) FROM line_item AS other
                    JOIN sale AS done ON done.id = other.sale
                WHERE other.returns IS NOT NULL AND other.removed = 0
                    AND json_extract(other.returns, '$.sale') = sold.sale
                    AND json_extract(other.returns, '$.line') = sold.number
                    AND (done.id = new.id OR done.state IN ('sealing', 'closed'))
            )) * sold.quantity < 0)
    BEGIN SELECT RAISE(ABORT, 'more comes back than was sold'); END
