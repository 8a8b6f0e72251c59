CREATE TABLE customer (
    number TEXT NOT NULL,
    customer TEXT NOT NULL,
    bases TEXT NOT NULL,
    is_new INTEGER NOT NULL,
    at TEXT NOT NULL,
    "by" TEXT NOT NULL,
    CONSTRAINT pk_customer PRIMARY KEY (number)
) STRICT
