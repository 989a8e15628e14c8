/** @jest-environment node */
import { describe, expect, test } from '@jest/globals';
import type { LogEntryDetail } from '@ceasewatch/api/contract/log';
import { EVENT_VECTORS } from '@ceasewatch/tlog/event-format.vectors';
import { checkLeaf } from './leaf-check.ts';

// jsdom knows no TextEncoder; every browser does, and so does Node.
const [OPENED, RECORDED] = [detail(0), detail(1)];

describe('an event is checked in the browser', () => {
  test('and the vectors of the format pass', () => {
    expect(verdicts(OPENED, OPENED, null)).toEqual({
      canonical: 'ok',
      leafHash: 'ok',
      chain: 'ok',
    });
    expect(verdicts(RECORDED, RECORDED, OPENED)).toEqual({
      canonical: 'ok',
      leafHash: 'ok',
      chain: 'ok',
    });
  });
  test('and one letter of the bytes breaks hash and chain', () => {
    const altered = { ...RECORDED, leaf: RECORDED.leaf.replace('"value":12', '"value":13') };
    expect(verdicts(altered, RECORDED, OPENED)).toEqual({
      canonical: 'fail',
      leafHash: 'fail',
      chain: 'fail',
    });
  });
  test('and a screen that shows something else than the bytes say is found out', () => {
    const shown = {
      ...RECORDED,
      envelope: { ...RECORDED.envelope, time: '2026-11-22T10:00:08.000Z' },
    };
    expect(verdicts(RECORDED, shown, OPENED)).toEqual({
      canonical: 'fail',
      leafHash: 'ok',
      chain: 'ok',
    });
  });
  test('and a screen that shows what no bytes could say is found out, not stumbled over', () => {
    const shown = {
      ...RECORDED,
      envelope: { ...RECORDED.envelope, officer: 'half a letter \ud800' },
    };
    expect(verdicts(RECORDED, shown, OPENED).canonical).toBe('fail');
  });
  test('and bytes in another order are not canonical', () => {
    const loose = `{"type":"log.opened.v1",${OPENED.leaf.slice(1, -24)}}`;
    expect(verdicts({ ...OPENED, leaf: loose }, OPENED, null).canonical).toBe('fail');
  });
  test('and a chain that does not come from the event before fails, with what came out instead', () => {
    const before = { ...OPENED, chain: OPENED.leafHash };
    const chain = checkLeaf(RECORDED, RECORDED, before).find(({ name }) => name === 'chain');
    expect(chain).toMatchObject({
      verdict: 'fail',
      actual: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
    });
  });
  test('and without the event before the chain is not called right', () => {
    expect(verdicts(RECORDED, RECORDED, null).chain).toBe('unknown');
    expect(verdicts(RECORDED, RECORDED, { ...OPENED, seq: 7 }).chain).toBe('unknown');
    expect(verdicts(RECORDED, RECORDED, { ...OPENED, chain: 'nonsense!' }).chain).toBe('unknown');
  });
});

function verdicts(...of: Parameters<typeof checkLeaf>) {
  return Object.fromEntries(checkLeaf(...of).map(({ name, verdict }) => [name, verdict]));
}

/** Events 0 and 1 of event-format.md, as the api answers them. */
function detail(seq: 0 | 1): LogEntryDetail {
  const vector = EVENT_VECTORS[seq];
  return { seq, envelope: JSON.parse(vector.leaf), disclosed: {}, ...vector };
}
