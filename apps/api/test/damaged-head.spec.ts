import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { ChangesAnswer } from '@ceasewatch/api/contract/live';
import type { LogEntryPage } from '@ceasewatch/api/contract/log';
import type { Problem } from '@ceasewatch/api/contract/problem';
import { LiveClient } from './testing/live-client.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { report } from './testing/reports.ts';
import { until } from './testing/until.ts';

/** Over a damaged log every door names the same last event, and none answers of an earlier one unasked. */
let node: NodeUnderTest;
let last: number;
beforeEach(async () => {
  node = await NodeUnderTest.started({ embedded: true });
  for (let n = 0; n < 20; n += 1) await node.post('/api/observations', report());
  last = node.running.parts.eventLog.head().seq;
  await node.stop();
  const db = new DatabaseSync(join(node.folder, 'log.sqlite'));
  db.exec('DROP TRIGGER events_are_never_altered');
  db.exec(`UPDATE events SET leaf = replace(leaf, 'heard', 'ieard') WHERE seq = ${last - 10}`);
  db.close();
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  await node.start();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await node.end();
});

test('the head is one number at every door', async () => {
  const ready = (await node.get('/health/ready')).body;
  const changes = (await node.get<ChangesAnswer>('/api/changes?after=-1')).body;
  const client = await LiveClient.open(node.url);
  await until(() => client.heartbeats.length > 0);
  const heartbeat = client.heartbeats[0];
  await client.close();
  const damaged = { head: last, projected: last, damagedFrom: last - 10 };
  expect(ready).toMatchObject(damaged);
  expect(heartbeat).toMatchObject(damaged);
  expect([changes.head, changes.seq]).toEqual([last, last]);
});

test('the raw log ends before the damage, and is not asked for more without saying so', async () => {
  const sound = await node.get<LogEntryPage>(`/api/events?asOf=${last - 11}`);
  expect([sound.status, sound.body.asOf]).toEqual([200, last - 11]);
  const beyond = await node.get<Problem>(`/api/events?asOf=${last - 2}`);
  expect([beyond.status, beyond.body.code]).toEqual([503, 'log_damaged']);
  const unasked = await node.get<LogEntryPage>('/api/events');
  expect(unasked.body).toMatchObject({ asOf: last - 11, damagedFrom: last - 10 });
});
