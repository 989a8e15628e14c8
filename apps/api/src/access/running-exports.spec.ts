import { describe, expect, it, jest } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { turn } from '../event-log/turn.ts';
import { ReadAudit } from './read-audit.ts';
import { MOST_EXPORTS, RunningExports } from './running-exports.ts';

describe('exports that run', () => {
  it('are refused beyond their number, and taken again as soon as one is done or has failed; only those are recorded', async () => {
    const record = jest.fn();
    const module = await Test.createTestingModule({
      providers: [RunningExports, { provide: ReadAudit, useValue: { record } }],
    }).compile();
    const running = module.get(RunningExports);
    const viewer = { officer: null, contingent: null, role: 'auditor' } as const;
    const ends: ((error?: Error) => void)[] = [];
    const begin = () =>
      running.one(
        viewer,
        { what: 'log.ndjson' },
        () => Promise.resolve(),
        () =>
          new Promise<string>((resolve, reject) => {
            ends.push((error) => (error === undefined ? resolve('written') : reject(error)));
          }),
      );
    const begun = Array.from({ length: MOST_EXPORTS }, begin);
    const refused = { code: 'overloaded', retryAfterS: expect.any(Number) };
    await expect(begin()).rejects.toMatchObject(refused);
    ends[0]?.();
    await expect(begun[0]).resolves.toBe('written');
    const next = begin();
    await expect(begin()).rejects.toMatchObject(refused);
    ends[1]?.(new Error('the reader has gone'));
    await expect(begun[1]).rejects.toThrow('the reader has gone');
    const last = begin();
    await turn();
    for (const end of ends.slice(2)) end();
    expect(record).toHaveBeenCalledTimes(MOST_EXPORTS + 2);
    await expect(Promise.all([next, last])).resolves.toEqual(['written', 'written']);
  });
});
