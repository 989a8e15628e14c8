import type { Row } from '../harness.ts';
import { loading, rawLoading } from '../loading.ts';

/**
 * What a command on an old observation waits for first: its events read, verified and folded. The aim is
 * 100 us. The contenders beside it are its limits: the same rows read and only parsed; hashed as well; and
 * with what the vault discloses of them held against its digests and opened, which is all but the folding.
 * Where that alone takes more than the aim, the ratio to it is what counts. Of a cold load some 55 us are
 * `JSON.parse` of 20 leaves, 40 SQLite, 30 SHA-256 of 20 leaves and 20 disclosures: what lies in the log for
 * ever is text, and each is hashed by itself. Of the kept state see the next row.
 */
const LIMIT = 'raw node:sqlite, SHA-256, JSON.parse, the vault too';

export const row: Row = {
  name: 'load-20-events',
  title: 'load an observation of 20 events, never loaded before',
  unit: 'load',
  rounds: 5,
  units: 10_000,
  aim: { ratio: 0.83, of: LIMIT },
  aims: { perCore: 10_000 },
  contenders: [
    loading('the log, cold', 'cold'),
    rawLoading('raw node:sqlite, JSON.parse', 'parsed'),
    rawLoading('raw node:sqlite, SHA-256, JSON.parse', 'verified'),
    rawLoading(LIMIT, 'disclosed'),
  ],
};
