"""Securities, index members, legal entities and brands."""
