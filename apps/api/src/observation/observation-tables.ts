/**
 * The tables of the observation projection. A version row is narrow, because columns are made of all of
 * them; what it says in full lies beside it, once for all versions that only change its status.
 */
export const TABLES = `
CREATE TABLE observation (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  present INTEGER NOT NULL,
  sum INTEGER NOT NULL
) STRICT;
CREATE TABLE observation_version (
  from_seq INTEGER PRIMARY KEY,
  to_seq INTEGER NOT NULL,
  number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  content_seq INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  version_recorded_at INTEGER NOT NULL,
  began INTEGER NOT NULL,
  latest INTEGER NOT NULL,
  packed INTEGER NOT NULL,
  means INTEGER NOT NULL,
  unit INTEGER NOT NULL,
  sector INTEGER,
  contingent INTEGER,
  officer INTEGER,
  authn INTEGER NOT NULL,
  reason INTEGER,
  feature INTEGER,
  lat INTEGER,
  lon INTEGER,
  count_code INTEGER NOT NULL,
  count_value INTEGER NOT NULL,
  sum INTEGER NOT NULL
) STRICT;
CREATE TABLE observation_content (seq INTEGER PRIMARY KEY, content TEXT NOT NULL, sum INTEGER NOT NULL) STRICT;
CREATE TABLE observation_word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE observation_disclosure (
  seq INTEGER NOT NULL,
  name TEXT NOT NULL,
  digest TEXT,
  state TEXT NOT NULL,
  value TEXT,
  sum INTEGER NOT NULL,
  PRIMARY KEY (seq, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE observation_folded (
  seq INTEGER PRIMARY KEY,
  place TEXT NOT NULL,
  narrative TEXT NOT NULL,
  said TEXT NOT NULL,
  sum INTEGER NOT NULL
) STRICT;
CREATE VIRTUAL TABLE observation_text USING fts5(
  place, narrative, said, content = 'observation_folded', content_rowid = 'seq',
  tokenize = 'unicode61 remove_diacritics 0'
);
INSERT INTO observation_text (observation_text, rank) VALUES ('secure-delete', 1);
`;

const MIB = 1_048_576;

/**
 * `observation_imported`: an imported row's id is its date and then a digest of its key; by the digest
 * alone the row is found again when its source revised the date.
 *
 * The words of all texts are gathered 8 MiB at a time instead of one, FTS5's own measure, and so are merged
 * less often; words that are written one by one need no more than that.
 *
 * `latest` is the running maximum of `began`: by it a past question need not walk over what came later.
 *
 * Lists filter among columns; `observation_version_number` is what a number or an id in a text is found by.
 */
export const INDEXES = `
CREATE INDEX observation_version_number ON observation_version (number, from_seq);
CREATE INDEX observation_version_ended ON observation_version (to_seq) WHERE to_seq < ${Number.MAX_SAFE_INTEGER};
CREATE INDEX observation_version_began ON observation_version (began, from_seq, to_seq, packed);
CREATE INDEX observation_version_unit ON observation_version (unit, from_seq, to_seq);
CREATE INDEX observation_imported ON observation (substr(id, 15)) WHERE substr(id, 15, 1) = '8';
INSERT INTO observation_text (observation_text, rank) VALUES ('hashsize', ${8 * MIB});
INSERT INTO observation_text (observation_text) VALUES ('rebuild');
INSERT INTO observation_text (observation_text, rank) VALUES ('hashsize', ${MIB});
`;
