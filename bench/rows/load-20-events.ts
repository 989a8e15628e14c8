import type { Row } from '../harness.ts';
import { loading, rawLoading } from '../loading.ts';

/**
 * What a command on an old observation waits for first: its events read, verified and folded. The aim is
 * 100 us. The contenders beside it are its limits: the same rows read and only parsed, and read, hashed
 * and parsed, with nothing disclosed or folded. Of the kept state see the next row.
 */
const VERIFIED = 'raw node:sqlite, SHA-256, JSON.parse';

export const row: Row = {
  name: 'load-20-events',
  title: 'load an observation of 20 events, never loaded before',
  unit: 'load',
  rounds: 5,
  units: 10_000,
  aim: { ratio: 0.6, of: VERIFIED },
  aims: { perCore: 10_000 },
  contenders: [
    loading('the log, cold', 'cold'),
    rawLoading('raw node:sqlite, JSON.parse', false),
    rawLoading(VERIFIED, true),
  ],
};
