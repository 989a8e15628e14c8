import { CASUALTIES, RETRACTED, WEAPON_SHIFT } from '@ceasewatch/domain/situation/packed-row';

/**
 * The tables of the observation projection. A version row is narrow, because filters walk over many of
 * them; what it says in full lies beside it, once for all versions that only change its status.
 */
export const TABLES = `
CREATE TABLE observation (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  present INTEGER NOT NULL
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
  kind INTEGER NOT NULL,
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
  cell INTEGER,
  count_code INTEGER NOT NULL,
  count_value INTEGER NOT NULL
) STRICT;
CREATE TABLE observation_content (seq INTEGER PRIMARY KEY, content TEXT NOT NULL, sum INTEGER NOT NULL) STRICT;
CREATE TABLE observation_word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE observation_disclosure (
  seq INTEGER NOT NULL,
  name TEXT NOT NULL,
  digest TEXT,
  state TEXT NOT NULL,
  value TEXT,
  sum INTEGER,
  PRIMARY KEY (seq, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE observation_folded (
  seq INTEGER PRIMARY KEY,
  place TEXT NOT NULL,
  narrative TEXT NOT NULL,
  said TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE observation_text USING fts5(
  place, narrative, said, content = 'observation_folded', content_rowid = 'seq',
  tokenize = 'unicode61 remove_diacritics 0'
);
INSERT INTO observation_text (observation_text, rank) VALUES ('secure-delete', 1);
`;

const MIB = 1_048_576;

/** The weapon's number in a packed row, in the words of its indexes. */
export function weaponOf(packed: 'packed' | 'v.packed'): string {
  return `(${packed} >> ${WEAPON_SHIFT}) & 31`;
}

/**
 * `observation_imported`: an imported row's id is its date and then a digest of its key; by the digest
 * alone the row is found again when its source revised the date.
 *
 * Weapons have an index for either order of a list: a class may be told of twice in a million reports.
 *
 * The words of all texts are gathered 8 MiB at a time instead of one, FTS5's own measure, and so are merged
 * less often; words that are written one by one need no more than that.
 *
 * `latest` is the running maximum of `began`: by it a past list need not walk over what came later.
 */
export const INDEXES = `
CREATE INDEX observation_version_number ON observation_version (number, from_seq);
CREATE INDEX observation_version_ended ON observation_version (to_seq) WHERE to_seq < ${Number.MAX_SAFE_INTEGER};
CREATE INDEX observation_version_began ON observation_version (began, from_seq, to_seq, packed);
CREATE INDEX observation_version_kind ON observation_version (kind, from_seq, to_seq);
CREATE INDEX observation_version_weapon ON observation_version (${weaponOf('packed')}, from_seq, to_seq) WHERE ${weaponOf('packed')} <> 0;
CREATE INDEX observation_version_weapon_began ON observation_version (${weaponOf('packed')}, began, from_seq, to_seq, packed) WHERE ${weaponOf('packed')} <> 0;
CREATE INDEX observation_version_unit ON observation_version (unit, from_seq, to_seq);
CREATE INDEX observation_version_content ON observation_version (content_seq);
CREATE INDEX observation_version_retracted ON observation_version (from_seq, to_seq) WHERE packed & ${RETRACTED} <> 0;
CREATE INDEX observation_version_casualties ON observation_version (from_seq, to_seq) WHERE packed & ${CASUALTIES} <> 0;
CREATE INDEX observation_version_sector ON observation_version (sector, from_seq, to_seq);
CREATE INDEX observation_version_cell ON observation_version (cell, lat, lon, from_seq, to_seq, packed) WHERE cell IS NOT NULL;
CREATE INDEX observation_imported ON observation (substr(id, 15)) WHERE substr(id, 15, 1) = '8';
INSERT INTO observation_text (observation_text, rank) VALUES ('hashsize', ${8 * MIB});
INSERT INTO observation_text (observation_text) VALUES ('rebuild');
INSERT INTO observation_text (observation_text, rank) VALUES ('hashsize', ${MIB});
`;
