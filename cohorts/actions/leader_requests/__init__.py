"""The steps of a request to meet a leader, by who takes them: asking (the worker), deciding (the
manager and the second look), answering (the leader), meeting (both, after the day), chasing (the
schedule). What all of them do with the row is in keeping, the leader's letters in letters."""
