import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Receipt, UnnumberedReceipt } from '@ceasewatch/api/contract/observation';
import type { Problem } from '@ceasewatch/api/contract/problem';
import { EventLogError, type EventLogErrorCode } from '../src/event-log/event-log-error.ts';
import { Projector } from '../src/read-model/projector.ts';
import { ReadModelError } from '../src/read-model/read-model-error.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { report } from './testing/reports.ts';

/** What a client hears when the log does not answer, and that it is heard again afterwards. */
let node: NodeUnderTest;
beforeAll(async () => {
  node = await NodeUnderTest.started();
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => node.end());

function broken(code: EventLogErrorCode, facts = {}): void {
  const error = new EventLogError(code, `SQLITE says ${code} in /var/secret/log.sqlite`, facts);
  jest.spyOn(node.running.parts.eventLog, 'append').mockRejectedValue(error);
}

describe('a submission', () => {
  test.each([
    ['storage_full', 507, 'storage_full', '30'],
    ['store_unavailable', 503, 'store_unavailable', '2'],
    ['outcome_unknown', 504, 'outcome_unknown', null],
    ['overloaded', 429, 'overloaded', '1'],
    ['too_large', 413, 'too_large', null],
    ['id_reused', 409, 'id_reused', null],
    ['log_corrupt', 503, 'log_damaged', '300'],
    ['position_unknown', 500, 'internal', null],
  ] as const)('meets %s as %i %s', async (code, status, wanted, retryAfter) => {
    broken(code);
    const complaint = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const sent = report();
    const answer = await node.post<Problem>('/api/observations', sent);
    expect([answer.status, answer.body.code]).toEqual([status, wanted]);
    expect(answer.headers.get('retry-after')).toBe(retryAfter);
    expect(answer.body.type).toBe(`urn:ceasewatch:problem:${wanted}`);
    expect(JSON.stringify(answer.body)).not.toMatch(/SQLITE|secret|\.ts:/);
    // Whoever runs the node finds the cause under the number that the client was given.
    const written = complaint.mock.calls.map(([line]) => String(line)).join('');
    expect([written.includes(answer.body.instance), written.includes('/var/secret')]).toEqual([
      status >= 500,
      status >= 500,
    ]);
    jest.restoreAllMocks();
    expect((await node.post('/api/observations', sent)).status).toBe(201);
  });

  test('that is recorded and cannot be shown is told as recorded, and has its number later', async () => {
    const projector = node.running.app.get(Projector);
    const waited = jest
      .spyOn(projector, 'whenProjected')
      .mockRejectedValue(new ReadModelError('stopped', 'The node is shutting down.'));
    const sent = report();
    const { status, body, headers } = await node.post<UnnumberedReceipt>('/api/observations', sent);
    expect([status, body.number, body.id]).toEqual([202, null, sent.id]);
    expect(headers.get('location')).toBe(`/api/observations/${sent.id}`);
    // Without an end to its patience a full disk would leave the sender without any answer.
    expect(waited.mock.calls[0]?.[1]).toBeInstanceOf(AbortSignal);
    jest.restoreAllMocks();
    const again = await node.post<Receipt>('/api/observations', sent);
    expect([again.status, again.body]).toEqual([
      200,
      { ...body, seq: expect.any(Number), number: expect.any(Number) },
    ]);
  });

  test('is told how long to wait when the log knows', async () => {
    broken('overloaded', { retryAfterMs: 4200 });
    const answer = await node.post('/api/observations', report());
    expect(answer.headers.get('retry-after')).toBe('5');
  });

  test('meets a disk that has no room for a file as 507', async () => {
    const full = Object.assign(new Error('no space left on device, write'), { code: 'ENOSPC' });
    jest.spyOn(node.running.parts.eventLog, 'append').mockRejectedValue(full);
    const { status, body } = await node.post<Problem>('/api/observations', report());
    expect([status, body.code]).toEqual([507, 'storage_full']);
  });

  test('meets a fault of the node as 500 without its words', async () => {
    jest
      .spyOn(node.running.parts.eventLog, 'append')
      .mockRejectedValue(new Error('boom at /etc/x'));
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { status, body } = await node.post<Problem>('/api/observations', report());
    expect([status, body.code]).toEqual([500, 'internal']);
    expect(JSON.stringify(body)).not.toContain('boom');
    expect(body.instance).toMatch(/^urn:uuid:/);
  });
});
