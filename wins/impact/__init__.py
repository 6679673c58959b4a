"""What it all came to, in figures: what is counted (facts), for whom and when (figures), and how it is
kept in PostgreSQL so that a page reads it in one query (keeping)."""
