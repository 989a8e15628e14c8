import { describe, expect, test } from '@jest/globals';
import { reportContent } from './observation/observation.report.ts';
import { refusedOfIssue } from './shape-refusal.ts';

const GOOD = {
  kind: 'shot',
  means: ['heard'],
  when: { from: '2026-11-22T10:00:00Z', precision: 'minute', zone: 'UTC' },
  where: { form: 'unknown', reason: 'not_known' },
};

function refused(change: object) {
  const parsed = reportContent.safeParse({ ...GOOD, ...change });
  return parsed.success ? [] : parsed.error.issues.map(refusedOfIssue);
}

describe('what a schema finds wrong', () => {
  test.each([
    [{ flags: 1 }, { field: 'flags', reason: 'unknown_field' }],
    [{ unit: 'x' }, { field: 'unit', reason: 'not_an_id' }],
    [{ means: 'heard' }, { field: 'means', reason: 'invalid_type', params: { expected: 'array' } }],
    [{ means: [] }, { field: 'means', reason: 'too_small', params: { least: 1 } }],
    [
      { deviceOffsetMs: 2e12 },
      { field: 'deviceOffsetMs', reason: 'too_big', params: { most: 1e12 } },
    ],
    [{ narrative: '\ud800' }, { field: 'narrative', reason: 'not_text' }],
    [
      { narrative: 'ж'.repeat(9000) },
      { field: 'narrative', reason: 'too_many_bytes', params: { most: 16_384 } },
    ],
    [
      { where: { form: 'relative', unit: crypto.randomUUID(), range: { min: 2, max: 1 } } },
      { field: 'where.unit', reason: 'not_an_id' },
    ],
    [{ where: { form: 'area' } }, { field: 'where.area', reason: 'area_or_name' }],
  ])('is refused with its reason and figures: %j', (change, expected) => {
    expect(refused(change)).toContainEqual(expected);
  });
});
