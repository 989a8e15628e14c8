import type { Change, ObservationRow } from '@ceasewatch/domain/situation/observation-row';

/** Reports about which a test says only what it is about; the others are alike. */
export function testRow(number: number, more: Partial<ObservationRow> = {}): ObservationRow {
  const from = new Date(Date.UTC(2026, 10, 22, 10, 0, number)).toISOString();
  return {
    id: `019aa9c0-0000-7000-8000-${number.toString().padStart(12, '0')}`,
    number,
    version: 1,
    revision: 0,
    status: 'recorded',
    kind: 'explosion',
    group: 'blast',
    unit: '019aa9c0-0000-7000-8000-0000000000b1',
    origin: 'unit',
    means: ['heard'],
    when: { from, to: from, precision: 'minute', zone: 'Europe/Moscow', clock: 'device' },
    where: { form: 'unknown', reason: 'not_known' },
    contingent: null,
    sector: null,
    officer: null,
    authn: 'chosen',
    recordedAt: from,
    versionRecordedAt: from,
    reason: null,
    late: false,
    fromSeq: number,
    toSeq: null,
    watch: null,
    ...more,
  };
}

/** @param before the version that ended; null for a new report */
export function testChange(
  seq: number,
  after: ObservationRow | null,
  before: ObservationRow | null = null,
): Change {
  const subject = `observation/${(after ?? before)?.id ?? ''}`;
  return { seq, type: 'observation.recorded.v1', subject, time: '', before, after };
}
