/** Position in the list is the version; a step that has shipped is never edited. */
export const migrations: readonly string[] = [
  `CREATE TABLE accounts (
     id   INTEGER PRIMARY KEY,
     name TEXT NOT NULL UNIQUE
   ) STRICT;

   CREATE TABLE credentials (
     access_key TEXT PRIMARY KEY,
     secret_key TEXT NOT NULL,
     account_id INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
     active     INTEGER NOT NULL CHECK (active IN (0, 1)),
     subscribed INTEGER NOT NULL CHECK (subscribed IN (0, 1)),
     origin     TEXT NOT NULL CHECK (origin IN ('seed', 'start'))
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX credentials_by_account ON credentials (account_id);

   CREATE TABLE jobs (
     seq                 INTEGER PRIMARY KEY,
     account_id          INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
     id                  TEXT NOT NULL,
     name                TEXT NOT NULL,
     kind                TEXT NOT NULL CHECK (kind IN ('visual', 'script')),
     state               TEXT NOT NULL
       CHECK (state IN ('runnable', 'running', 'deleted', 'unknown', 'draft', 'stopped', 'editing')),
     last_run_state      TEXT CHECK (last_run_state IN ('ready', 'running', 'completed', 'failed', 'canceled')),
     last_run_at         INTEGER,
     created_at          INTEGER NOT NULL,
     updated_at          INTEGER NOT NULL,
     disabled            INTEGER NOT NULL CHECK (disabled IN (0, 1)),
     max_concurrent_runs INTEGER NOT NULL CHECK (max_concurrent_runs >= 1),
     UNIQUE (account_id, id),
     CHECK ((last_run_state IS NULL) = (last_run_at IS NULL))
   ) STRICT;
   CREATE INDEX jobs_by_date ON jobs (account_id, created_at, id, state, name);
   CREATE INDEX jobs_by_state ON jobs (account_id, state, created_at, id, name);

   CREATE TABLE job_counts (
     account_id INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
     state      TEXT NOT NULL,
     jobs       INTEGER NOT NULL,
     PRIMARY KEY (account_id, state)
   ) STRICT, WITHOUT ROWID;
   CREATE TRIGGER job_counted AFTER INSERT ON jobs BEGIN
     INSERT INTO job_counts VALUES (new.account_id, new.state, 1)
       ON CONFLICT DO UPDATE SET jobs = jobs + 1;
   END;
   CREATE TRIGGER job_uncounted AFTER DELETE ON jobs BEGIN
     UPDATE job_counts SET jobs = jobs - 1 WHERE account_id = old.account_id AND state = old.state;
   END;
   CREATE TRIGGER job_recounted AFTER UPDATE OF state ON jobs WHEN old.state <> new.state BEGIN
     UPDATE job_counts SET jobs = jobs - 1 WHERE account_id = old.account_id AND state = old.state;
     INSERT INTO job_counts VALUES (new.account_id, new.state, 1)
       ON CONFLICT DO UPDATE SET jobs = jobs + 1;
   END`,
]
