"""A database of its own for a benchmark, filled the quick way, and gone afterwards."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit, urlunsplit

import psycopg

from . import words

PEOPLE, SERVICES, ORGANISATIONS, COHORTS, PLACES, THEMES = 2000, 200, 40, 40, 12, 16
STORIES, NAMES = 6000, 1500

# So that a field added to these models tomorrow does not have to be named here.
DEFAULTS = """
DO $$DECLARE c record; BEGIN
FOR c IN SELECT table_name, column_name, CASE data_type
      WHEN 'boolean' THEN 'false' WHEN 'timestamp with time zone' THEN 'now()'
      WHEN 'date' THEN 'current_date' WHEN 'integer' THEN '1'
      WHEN 'smallint' THEN '1' WHEN 'numeric' THEN '0' WHEN 'jsonb' THEN quote_literal('{}')
      WHEN 'uuid' THEN 'gen_random_uuid()' WHEN 'bytea' THEN quote_literal('')
      ELSE quote_literal('') END AS value
  FROM information_schema.columns WHERE table_schema = 'public' AND is_nullable = 'NO'
    AND column_default IS NULL AND is_identity = 'NO' AND is_generated = 'NEVER'
    AND data_type NOT IN ('bigint', 'ARRAY') AND (table_name LIKE 'cohorts_%' OR table_name LIKE 'wins_%')
LOOP EXECUTE format('ALTER TABLE %I ALTER COLUMN %I SET DEFAULT %s', c.table_name, c.column_name, c.value);
END LOOP; END$$
"""
WORLD = f"""
INSERT INTO cohorts_place (name) SELECT 'Place ' || i FROM generate_series(1, {PLACES}) i;
INSERT INTO cohorts_theme (name, slug)
  SELECT 'Theme ' || i, 'theme-' || i FROM generate_series(1, {THEMES}) i;
INSERT INTO cohorts_organisation (name)
  SELECT 'Organisation ' || i FROM generate_series(1, {ORGANISATIONS}) i;
INSERT INTO cohorts_service (name, organisation_id, place_id)
  SELECT 'Service ' || i, 1 + i % {ORGANISATIONS}, 1 + i % {PLACES} FROM generate_series(1, {SERVICES}) i;
INSERT INTO cohorts_person (email, name, password, is_active)
  SELECT 'p' || i || '@bench.example', 'Person Number ' || i, '!', true FROM generate_series(1, {PEOPLE}) i;
INSERT INTO cohorts_post (person_id, service_id, title, kind)
  SELECT i, 1 + i % {SERVICES}, 'Worker', 'frontline'
  FROM generate_series(1, {PEOPLE}) i;
INSERT INTO cohorts_cohort (name, starts)
  SELECT 'Cohort ' || i, current_date - 400 FROM generate_series(1, {COHORTS}) i;
INSERT INTO cohorts_manageragreement (worker_id, manager_id, hours_a_month, cover, gives_back, state,
    decided_at, decided_by_id, agreed_at)
  SELECT i, 1 + i % {PEOPLE}, 8, 'The team.', 'A talk.', 'agreed', now(), 1 + i % {PEOPLE}, now()
  FROM generate_series(1, {PEOPLE}) i;
INSERT INTO cohorts_membership (cohort_id, person_id, role, state)
  SELECT 1 + i % {COHORTS}, i, 'participant', 'active'
  FROM generate_series(1, {PEOPLE}) i;
"""
# Half seen by everyone, a quarter by the service, 15 % by the cohort, 10 % by nobody else; one in a
# hundred a draft, one in two hundred taken back; over three years, newest last.
WINS = """
INSERT INTO wins_win (id, author_id, service_id, cohort_id, what_happened, made_hard, what_changed,
  lens, depth, visibility, state, made_at, logged_at, touched_at)
SELECT drawn.i, who, 1 + who %% {services}, 1 + who %% {cohorts},
  s.words || CASE WHEN luck > 0.7 THEN ' ' || t.words ELSE '' END
          || CASE WHEN luck < 0.5 THEN ' It was in ' || n.words || '.' ELSE '' END,
  CASE WHEN luck > 0.4 THEN h.words ELSE '' END, CASE WHEN luck > 0.8 THEN t.words ELSE '' END,
  (ARRAY['', 'me', 'organisation', 'system'])[1 + drawn.i %% 4],
  (ARRAY['', '', 'one_off', 'one_off', 'one_off', 'flex', 'flex', 'agreed', 'written', 'sustained']
   )[1 + drawn.i %% 10],
  CASE WHEN mix < 0.5 THEN 'everyone' WHEN mix < 0.75 THEN 'service' WHEN mix < 0.9 THEN 'cohort'
       ELSE 'only_me' END,
  state, at, CASE WHEN state = 'draft' THEN NULL ELSE at END, at
FROM (
  SELECT i, 1 + (random() * ({people} - 1))::int AS who, random() AS luck, random() AS mix,
    (random() * ({stories} - 1))::int AS one, (random() * ({stories} - 1))::int AS two,
    (random() * ({stories} - 1))::int AS three, (random() * ({names} - 1))::int AS name,
    CASE WHEN i %% 100 = 7 THEN 'draft' WHEN i %% 200 = 9 THEN 'taken_back' ELSE 'logged' END AS state,
    now() - interval '3 years' * (1 - i / {rows}::float) - interval '1 minute' AS at
  FROM generate_series(%s::bigint, %s::bigint) i
) drawn
JOIN bench_words s ON s.kind = 'story' AND s.i = one
JOIN bench_words t ON t.kind = 'story' AND t.i = two
JOIN bench_words h ON h.kind = 'hard' AND h.i = three
JOIN bench_words n ON n.kind = 'name' AND n.i = name
"""
AROUND = """
INSERT INTO wins_win_themes (win_id, theme_id)
  SELECT i, 1 + (i * 7) % {themes} FROM generate_series(1, {rows}) i
  UNION ALL SELECT i, 1 + (i * 7 + 5) % {themes} FROM generate_series(1, {rows}) i WHERE i % 2 = 0;
INSERT INTO wins_appreciation (win_id, person_id, kind, made_at)
  SELECT i, 1 + (i * 13 + k * 331) % {people}, (ARRAY['thank', 'celebrate', 'try'])[1 + (i + k) % 3], now()
  FROM generate_series(greatest(1, {rows} - 100000), {rows}) i, generate_series(0, 3) k WHERE (i + k) % 2 = 0;
INSERT INTO wins_comment (win_id, author_id, words)
  SELECT i, 1 + (i * 17) % {people}, 'We had the same here.'
  FROM generate_series(greatest(1, {rows} - 100000), {rows}) i WHERE i % 3 = 0;
"""
# The words that searches with a typo are mended from, and as many again as a big network would have.
VOCABULARY = """
INSERT INTO wins_searchword (word, wins)
  SELECT word, sum(n) FROM (
    SELECT word, ndoc AS n FROM ts_stat($$SELECT to_tsvector('simple', what_happened) FROM wins_win
      WHERE visibility = 'everyone' AND state = 'logged' AND id > {rows} - 5000$$)
    WHERE word ~ '^[[:alpha:]]{{4,60}}$'
    UNION ALL SELECT translate(left(md5(i::text), 8), '0123456789', 'ghijklmnop'), 1
    FROM generate_series(1, 30000) i
  ) words GROUP BY word;
"""
BATCH = 50_000


def named(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


@contextlib.contextmanager
def database(url: str, name: str) -> Iterator[str]:
    """A new database on the server of `url`; dropped at the end, whatever happened."""
    with psycopg.connect(named(url, "postgres"), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield named(url, name)
        finally:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def fill(url: str, rows: int, env: dict[str, str]) -> None:
    """Migrate, and put `rows` wins with their people, themes, thanks and comments in."""
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        env=env,
        check=True,
    )
    sizes = {
        "people": PEOPLE, "services": SERVICES, "cohorts": COHORTS, "themes": THEMES,
        "stories": STORIES, "names": NAMES, "rows": rows,
    }  # fmt: skip
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(DEFAULTS)
        connection.execute(WORLD)
        _put_words(connection)
        indexes = _without_slow_indexes(connection)
        with ThreadPoolExecutor(2) as pool:
            steps = range(1, rows + 1, BATCH)
            list(
                pool.map(
                    lambda first: _wins(url, first, min(first + BATCH - 1, rows), sizes), steps
                )
            )
        connection.execute("SET maintenance_work_mem = '512MB'")
        for index in indexes:
            connection.execute(index)
        connection.execute(AROUND.format(**sizes))
        connection.execute(VOCABULARY.format(**sizes))
        connection.execute(f"SELECT setval('wins_win_id_seq', {rows})")
        connection.execute("DROP TABLE bench_words")
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")


def _put_words(connection: psycopg.Connection) -> None:
    connection.execute(
        "CREATE TABLE bench_words (kind text, i int, words text, PRIMARY KEY (kind, i))"
    )
    pools = {
        "story": words.stories(STORIES),
        "hard": words.hardships(STORIES),
        "name": words.names(NAMES),
    }
    with connection.cursor().copy("COPY bench_words FROM STDIN") as copy:
        for kind, texts in pools.items():
            for number, text in enumerate(texts):
                copy.write_row((kind, number, text))
    connection.execute("ANALYZE bench_words")


def _without_slow_indexes(connection: psycopg.Connection) -> list[str]:
    """Drop what is cheaper to build once at the end; give the statements that build it again."""
    found = connection.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = 'wins_win'::regclass AND NOT indisunique"
    ).fetchall()
    for name, _ in found:
        connection.execute(f"DROP INDEX {name}")
    return [definition for _, definition in found]


def _wins(url: str, first: int, last: int, sizes: dict[str, int]) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")
        connection.execute(WINS.format(**sizes), (first, last))
