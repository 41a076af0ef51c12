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

  `CREATE TABLE job_graphs (
     job_seq     INTEGER PRIMARY KEY REFERENCES jobs ON DELETE CASCADE,
     description TEXT NOT NULL,
     nodes       TEXT NOT NULL,
     condition   TEXT NOT NULL
   ) STRICT;

   CREATE TABLE triggers (
     seq        INTEGER PRIMARY KEY,
     account_id INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
     id         TEXT NOT NULL,
     name       TEXT NOT NULL,
     kind       TEXT NOT NULL CHECK (kind IN ('scheduled', 'event', 'none')),
     rule       TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     updated_at INTEGER NOT NULL,
     UNIQUE (account_id, id)
   ) STRICT;
   CREATE INDEX triggers_by_date ON triggers (account_id, created_at, id, name);

   CREATE TABLE workflows (
     seq         INTEGER PRIMARY KEY,
     account_id  INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
     id          TEXT NOT NULL,
     name        TEXT NOT NULL,
     nodes       TEXT NOT NULL,
     draft       INTEGER NOT NULL CHECK (draft IN (0, 1)),
     created_at  INTEGER NOT NULL,
     updated_at  INTEGER NOT NULL,
     last_run_at INTEGER,
     UNIQUE (account_id, id)
   ) STRICT;
   CREATE INDEX workflows_by_date ON workflows (account_id, created_at, id);

   CREATE TABLE schedules (
     workflow_seq INTEGER NOT NULL REFERENCES workflows ON DELETE CASCADE,
     trigger_seq  INTEGER NOT NULL REFERENCES triggers ON DELETE CASCADE,
     next_at      INTEGER NOT NULL,
     PRIMARY KEY (workflow_seq, trigger_seq)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX schedules_by_moment ON schedules (next_at);
   CREATE INDEX schedules_by_trigger ON schedules (trigger_seq);

   CREATE TABLE settled (
     only  INTEGER PRIMARY KEY CHECK (only = 1),
     until INTEGER NOT NULL
   ) STRICT;

   CREATE TABLE run_origins (
     seq        INTEGER PRIMARY KEY,
     account_id INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
     origin     TEXT NOT NULL,
     UNIQUE (account_id, origin)
   ) STRICT;

   CREATE TABLE runs (
     seq         INTEGER PRIMARY KEY,
     account_id  INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
     id          TEXT NOT NULL,
     job_id      TEXT NOT NULL,
     workflow_id TEXT,
     fired_at    INTEGER,
     origin_seq  INTEGER NOT NULL REFERENCES run_origins ON DELETE CASCADE,
     queued_at   INTEGER NOT NULL,
     starts_at   INTEGER NOT NULL,
     ends_at     INTEGER NOT NULL,
     outcome     TEXT NOT NULL CHECK (outcome IN ('completed', 'failed', 'canceled')),
     due_at      INTEGER,
     CHECK ((workflow_id IS NULL) = (fired_at IS NULL)),
     UNIQUE (account_id, id)
   ) STRICT;
   CREATE INDEX runs_by_job ON runs (account_id, job_id, queued_at, seq);
   CREATE INDEX runs_by_workflow ON runs (account_id, workflow_id, queued_at, seq) WHERE workflow_id IS NOT NULL;
   CREATE INDEX runs_by_firing ON runs (account_id, workflow_id, fired_at) WHERE workflow_id IS NOT NULL;
   CREATE INDEX runs_by_date ON runs (account_id, queued_at, outcome, ends_at);
   CREATE INDEX runs_due ON runs (due_at) WHERE due_at IS NOT NULL;
   CREATE INDEX runs_open ON runs (account_id, job_id) WHERE due_at IS NOT NULL;
   CREATE INDEX runs_by_origin ON runs (origin_seq);

   CREATE TABLE run_counts (
     account_id INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
     holder     TEXT NOT NULL,
     runs       INTEGER NOT NULL,
     PRIMARY KEY (account_id, holder)
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE planned_fates (
     seq        INTEGER PRIMARY KEY,
     account_id INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
     job_id     TEXT NOT NULL,
     outcome    TEXT NOT NULL CHECK (outcome IN ('completed', 'failed', 'canceled')),
     waiting_ms INTEGER NOT NULL CHECK (waiting_ms >= 0),
     running_ms INTEGER NOT NULL CHECK (running_ms >= 0)
   ) STRICT;
   CREATE INDEX planned_fates_by_job ON planned_fates (account_id, job_id, seq);

   CREATE TABLE sequences (
     account_id INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
     kind       TEXT NOT NULL,
     drawn      INTEGER NOT NULL,
     PRIMARY KEY (account_id, kind)
   ) STRICT, WITHOUT ROWID`,
]
