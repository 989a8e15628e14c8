import { describe, expect, it } from '@jest/globals';
import { EventLogError } from '../event-log/event-log-error.ts';
import { type Fault, WrittenFaults } from './written-faults.ts';

function writing() {
  const lines: Record<string, unknown>[] = [];
  const clock = { ms: 0 };
  const faults = new WrittenFaults(
    (line) => lines.push(JSON.parse(line) as Record<string, unknown>),
    () => clock.ms,
  );
  const write = (times: number, code: Fault['code'] = 'store_unavailable') => {
    for (let n = 0; n < times; n += 1) {
      faults.write({ instance: `${n}`, code, request: 'GET /api/centre', error: 'gone' });
    }
  };
  return { faults, lines, clock, write };
}

describe('a fault that is written down', () => {
  it('names its answer and every cause', () => {
    const { faults, lines } = writing();
    const disk = Object.assign(new Error('disk I/O error'), { errcode: 10 });
    const commit = new Error('the commit failed', { cause: disk });
    const error = new EventLogError('outcome_unknown', 'it may be written', {}, { cause: commit });
    faults.write({ instance: 'urn:7', code: 'outcome_unknown', request: 'POST /api', error });
    expect(lines).toMatchObject([
      { instance: 'urn:7', code: 'outcome_unknown', request: 'POST /api', level: 'error' },
    ]);
    const told = String(lines[0]?.['error']);
    for (const said of ['it may be written', 'Caused by: Error: the commit failed', 'disk I/O']) {
      expect(told).toContain(said);
    }
  });

  it.each(['store_unavailable', 'storage_full', 'overloaded'] as const)(
    'is a warning without a stack where %s passes and the client was told',
    (code) => {
      const { faults, lines } = writing();
      const cause = new Error('no connection');
      const error = new EventLogError('store_unavailable', 'the store is away', {}, { cause });
      faults.write({ instance: 'urn:8', code, request: 'GET /api/centre', error });
      expect(lines).toMatchObject([
        { level: 'warn', code, error: 'the store is away\nCaused by: no connection' },
      ]);
    },
  );

  it.each(['internal', 'log_damaged', 'outcome_unknown'] as const)(
    'is an error with its stack where %s is no condition that the node is built for',
    (code) => {
      const { faults, lines } = writing();
      faults.write({
        instance: 'urn:9',
        code,
        request: 'GET /api/centre',
        error: new Error('boom'),
      });
      expect(lines).toMatchObject([{ level: 'error', code }]);
      expect(lines[0]?.['error']).toMatch(/^Error: boom\n +at .*written-faults\.spec/);
    },
  );

  it('is one of a few when all fail alike, and the next says how many were left out', () => {
    const { lines, clock, write } = writing();
    write(1_000);
    expect(lines).toHaveLength(5);
    write(1, 'internal');
    expect(lines).toHaveLength(6);
    clock.ms += 10_000;
    write(2);
    expect(lines.slice(6).map((line) => line['notWritten'])).toEqual([995, undefined]);
  });

  it('ends although its causes go round', () => {
    const { faults, lines } = writing();
    const round = new Error('round');
    round.cause = round;
    faults.write({ instance: '1', code: 'internal', request: 'GET /', error: round });
    expect(String(lines[0]?.['error']).split('Caused by')).toHaveLength(8);
  });
});
