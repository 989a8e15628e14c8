import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FLAW_KINDS } from './flaw.ts';

const PAGE = join(import.meta.dirname, '../../../docs/verification.md');

it('every kind of flaw stands in docs/verification.md', () => {
  const [, section = ''] = readFileSync(PAGE, 'utf8').split('## Kinds of flaws');
  const told = [...section.matchAll(/`([a-z_]+)`/g)].map(([, kind]) => kind);
  expect(told).toEqual([...FLAW_KINDS, 'read_model_differs', 'reads_altered']);
});
