"""till.db: sessions, sales, journal, print jobs and outbox of one till."""
