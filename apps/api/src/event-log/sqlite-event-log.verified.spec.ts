import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { centre, TOLD } from '@ceasewatch/auditor/testing/write-log';
import { type Envelope, streamOf } from '@ceasewatch/domain/recorded-event';
import { openLog } from './open-log.ts';
import { sealEvent } from './seal-event.ts';
import { FIRST_INSTANT, type TestEvent, testEvent, testId, testStream } from './testing/events.ts';

const SYSTEM = { role: 'system', authn: 'system', centrerevision: 1 } as const;

/** The verifier also holds data against its schema and its history, so here it is as commands make it. */
function event(of: TestEvent, data: Readonly<Record<string, unknown>> = TOLD) {
  const { officer: _officer, contingent: _contingent, ...envelope } = testEvent(of).envelope;
  const told = { ...envelope, ...SYSTEM, data };
  return sealEvent(told, of.disclosed, () => new Uint8Array(32).fill(of.stream));
}

/** What the history begins with: a centre, and the source that reports to it. */
function centreEvents() {
  return centre.map(({ subject, type, data }, n) => {
    const { envelope } = testEvent({ stream: n + 1 });
    const { officer: _officer, contingent: _contingent, ...rest } = envelope;
    const told: Envelope = {
      ...rest,
      role: 'system',
      authn: 'system',
      subject,
      type,
      data,
      revision: n,
    };
    return sealEvent(told, undefined, () => new Uint8Array(32));
  });
}

/** The stranger's command reads what this node wrote, in another process and without its code. */
describe('a log of this node', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ceasewatch-verified-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const verify = () => {
    const script = join(import.meta.dirname, '../../../auditor/src/verify-log.main.ts');
    const args = ['--conditions=ceasewatch-source', script, '--data', folder];
    return spawnSync(execPath, args, { encoding: 'utf8' });
  };

  it('is found sound by verify-log, while it is open and after an erasure', async () => {
    const log = await openLog({
      folder,
      exercise: true,
      logId: testId(0),
      now: () => FIRST_INSTANT,
    });
    const disclosed = { narrative: 'said', asEntered: '1358C' };
    const [founding] = centre;
    await log.append(streamOf(founding?.subject ?? ''), 'none', centreEvents());
    for (let n = 3; n <= 22; n += 1) {
      await log.append(testStream(n), 'none', [event({ stream: n, disclosed })]);
    }
    expect(verify()).toMatchObject({ status: 0, stdout: expect.stringContaining('23 events') });
    const digest =
      (await log.source(testStream(7))).events[0]?.disclosed['narrative']?.digest ?? '';
    const data = { event: testId(7), digests: [digest], reason: 'a name' };
    const type = 'disclosure.erased.v1';
    await log.append(testStream(7), 0, [event({ stream: 7, revision: 1, id: 23, type }, data)]);
    expect(verify().stdout).toContain('39 shown, 0 withheld, 1 erased');
    await log.close();
    expect(verify().status).toBe(0);
  });
});
