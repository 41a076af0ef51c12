/** The database triggers that copy a seeded row of a table before its first change; `seeded.ts` explains their use. */
const keeping = (table: string, columns: readonly string[], alongside = ''): string => `
   CREATE TABLE seeded_${table} (
     account_id INTEGER NOT NULL REFERENCES seeded_marks ON DELETE CASCADE,
     seq        INTEGER NOT NULL,
     ${columns.map(column => `${column} ANY`).join(', ')},
     PRIMARY KEY (account_id, seq)
   ) STRICT, WITHOUT ROWID;
   ${['UPDATE', 'DELETE']
     .map(
       change => `CREATE TRIGGER seeded_${table}_${change.toLowerCase()} BEFORE ${change} ON ${table}
   WHEN old.seq <= (SELECT ${table} FROM seeded_marks WHERE account_id = old.account_id)
     AND NOT EXISTS (SELECT 1 FROM seeded_${table} WHERE account_id = old.account_id AND seq = old.seq)
   BEGIN
     INSERT INTO seeded_${table} VALUES (${['account_id', 'seq', ...columns].map(column => `old.${column}`).join(', ')});
     ${alongside}
   END;`,
     )
     .join('\n   ')}`

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
     seq                 INTEGER PRIMARY KEY AUTOINCREMENT,
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
     seq        INTEGER PRIMARY KEY AUTOINCREMENT,
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
     seq         INTEGER PRIMARY KEY AUTOINCREMENT,
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
     seq        INTEGER PRIMARY KEY AUTOINCREMENT,
     account_id INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
     origin     TEXT NOT NULL,
     UNIQUE (account_id, origin)
   ) STRICT;

   CREATE TABLE runs (
     seq         INTEGER PRIMARY KEY AUTOINCREMENT,
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
     seq        INTEGER PRIMARY KEY AUTOINCREMENT,
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

  `CREATE TABLE seeded_marks (
     account_id    INTEGER PRIMARY KEY,
     name          TEXT NOT NULL,
     made          TEXT NOT NULL CHECK (made IN ('start', 'later')),
     planted_at    INTEGER NOT NULL,
     jobs          INTEGER NOT NULL,
     triggers      INTEGER NOT NULL,
     workflows     INTEGER NOT NULL,
     run_origins   INTEGER NOT NULL,
     runs          INTEGER NOT NULL,
     planned_fates INTEGER NOT NULL
   ) STRICT;
   CREATE TRIGGER seeded_marks_drop BEFORE DELETE ON accounts BEGIN
     DELETE FROM seeded_marks WHERE account_id = old.id AND made = 'later';
   END;

   CREATE TABLE seeded_credentials (
     account_id INTEGER NOT NULL REFERENCES seeded_marks ON DELETE CASCADE,
     access_key TEXT NOT NULL,
     secret_key TEXT NOT NULL,
     active     INTEGER NOT NULL,
     subscribed INTEGER NOT NULL,
     PRIMARY KEY (account_id, access_key)
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE seeded_sequences (
     account_id INTEGER NOT NULL REFERENCES seeded_marks ON DELETE CASCADE,
     kind       TEXT NOT NULL,
     drawn      INTEGER NOT NULL,
     PRIMARY KEY (account_id, kind)
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE seeded_run_counts (
     account_id INTEGER NOT NULL REFERENCES seeded_marks ON DELETE CASCADE,
     holder     TEXT NOT NULL,
     runs       INTEGER,
     PRIMARY KEY (account_id, holder)
   ) STRICT, WITHOUT ROWID;
   CREATE TRIGGER seeded_run_counts_insert AFTER INSERT ON run_counts
   WHEN EXISTS (SELECT 1 FROM seeded_marks WHERE account_id = new.account_id)
     AND NOT EXISTS (SELECT 1 FROM seeded_run_counts WHERE account_id = new.account_id AND holder = new.holder)
   BEGIN
     INSERT INTO seeded_run_counts VALUES (new.account_id, new.holder, NULL);
   END;
   ${['UPDATE', 'DELETE']
     .map(
       change => `CREATE TRIGGER seeded_run_counts_${change.toLowerCase()} BEFORE ${change} ON run_counts
   WHEN EXISTS (SELECT 1 FROM seeded_marks WHERE account_id = old.account_id)
     AND NOT EXISTS (SELECT 1 FROM seeded_run_counts WHERE account_id = old.account_id AND holder = old.holder)
   BEGIN
     INSERT INTO seeded_run_counts VALUES (old.account_id, old.holder, old.runs);
   END;`,
     )
     .join('\n   ')}

   CREATE TABLE seeded_job_graphs (
     account_id  INTEGER NOT NULL REFERENCES seeded_marks ON DELETE CASCADE,
     job_seq     INTEGER NOT NULL,
     description TEXT NOT NULL,
     nodes       TEXT NOT NULL,
     condition   TEXT NOT NULL,
     PRIMARY KEY (account_id, job_seq)
   ) STRICT, WITHOUT ROWID;
   ${keeping(
     'jobs',
     [
       'id',
       'name',
       'kind',
       'state',
       'last_run_state',
       'last_run_at',
       'created_at',
       'updated_at',
       'disabled',
       'max_concurrent_runs',
     ],
     `INSERT INTO seeded_job_graphs
       SELECT old.account_id, job_seq, description, nodes, condition FROM job_graphs WHERE job_seq = old.seq;`,
   )}
   ${(['INSERT', 'UPDATE', 'DELETE'] as const)
     .map(
       change => `CREATE TRIGGER seeded_job_graphs_${change.toLowerCase()} BEFORE ${change} ON job_graphs
   WHEN ${change === 'INSERT' ? 'new' : 'old'}.job_seq <= (SELECT max(jobs) FROM seeded_marks)
   BEGIN
     UPDATE jobs SET disabled = disabled WHERE seq = ${change === 'INSERT' ? 'new' : 'old'}.job_seq;
   END;`,
     )
     .join('\n   ')}
   ${keeping('triggers', ['id', 'name', 'kind', 'rule', 'created_at', 'updated_at'])}
   ${keeping('workflows', ['id', 'name', 'nodes', 'draft', 'created_at', 'updated_at', 'last_run_at'])}
   ${keeping('run_origins', ['origin'])}
   ${keeping('runs', [
     'id',
     'job_id',
     'workflow_id',
     'fired_at',
     'origin_seq',
     'queued_at',
     'starts_at',
     'ends_at',
     'outcome',
     'due_at',
   ])}
   ${keeping('planned_fates', ['job_id', 'outcome', 'waiting_ms', 'running_ms'])}`,

  `CREATE TABLE saved_clock (
     only   INTEGER PRIMARY KEY CHECK (only = 1),
     moment INTEGER NOT NULL,
     frozen INTEGER NOT NULL CHECK (frozen IN (0, 1)),
     rate   REAL NOT NULL,
     skew   INTEGER NOT NULL
   ) STRICT`,
]
