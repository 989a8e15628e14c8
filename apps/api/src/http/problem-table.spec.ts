import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { PROBLEMS } from './problem-table.ts';

const PAGE = new URL('../../../../docs/problems.md', import.meta.url);
const RETRY = { no: 'no', same_id: 'yes, with the same id', later: 'yes, later' };

describe('the table of problems', () => {
  test('is published as it stands', () => {
    const page = readFileSync(PAGE, 'utf8').replace(/ +/g, ' ');
    for (const [code, { status, retry, meaning }] of Object.entries(PROBLEMS)) {
      expect(page).toContain(`| \`${code}\` | ${status} | ${RETRY[retry]} | ${meaning} |`);
    }
    expect(page.match(/^\| `[a-z_]+` \| \d{3} \|/gm)).toHaveLength(Object.keys(PROBLEMS).length);
  });

  test('gives every code a status of its own', () => {
    const statuses = Object.values(PROBLEMS).map(({ status }) => status);
    expect(new Set(statuses).size).toBe(statuses.length);
  });
});
