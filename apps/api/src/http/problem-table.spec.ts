import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { REASONS, WARNINGS } from '@ceasewatch/domain/reasons';
import { REFUSAL_SENTENCES, WARNING_SENTENCES } from '../in-english.ts';
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

  test('gives every code a status of its own; two that cannot be read share 400, two states of the store 503', () => {
    const { log_damaged: damaged, malformed_request: malformed, ...others } = PROBLEMS;
    const statuses = Object.values(others).map(({ status }) => status);
    expect(new Set(statuses).size).toBe(statuses.length);
    expect(damaged.status).toBe(others.store_unavailable.status);
    expect(malformed.status).toBe(others.malformed_json.status);
  });
});

describe('the tables of reasons and warnings', () => {
  test.each([
    ['Reasons', REASONS, REFUSAL_SENTENCES],
    ['Warnings', WARNINGS, WARNING_SENTENCES],
  ] as const)('are published as they stand: %s', (title, codes, sentences) => {
    const page = readFileSync(PAGE, 'utf8').replace(/ +/g, ' ').replace(/-+/g, '-');
    const [, section = ''] = page.split(`## ${title}\n`);
    const rows = Object.entries(codes).map(([code, names]) => {
      const figures = names.map((name: string) => `\`${name}\``).join(', ');
      return `| \`${code}\` | ${figures === '' ? '' : `${figures} `}| ${Reflect.get(sentences, code)} |`;
    });
    const table = /\| - \| - \| - \|\n((?:\|.*\n)+)/.exec(section)?.[1] ?? '';
    expect(table.trim().split('\n')).toEqual(rows);
  });
});
