import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CqrsModule } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import fc from 'fast-check';
import { changes } from '@ceasewatch/domain/testing/arbitrary-rows';
import { AskCentreHandler } from '../centre/centre.queries.ts';
import { CLOCK } from '../clock.ts';
import type { EventToAppend } from '../event-log/event-log.ts';
import { sealEvent } from '../event-log/seal-event.ts';
import type { SqliteEventLog } from '../event-log/sqlite-event-log.ts';
import { testId } from '../event-log/testing/events.ts';
import { Projector } from '../read-model/projector.ts';
import { READ_MODEL_SETTINGS } from '../read-model/read-model.module.ts';
import { ReadModel } from '../read-model/read-model.ts';
import {
  appendAll,
  caughtUp,
  folderWithLog,
  manyReports,
  projectorOver,
} from '../read-model/testing/histories.ts';
import { Access } from './access.ts';
import { ReadAudit } from './read-audit.ts';

const HISTORY = fc.sample(changes, { numRuns: 1, seed: 3 })[0] ?? [];
/** A log of more events is read by a thread, which tells nobody of them one by one. */
const EVENTS = 2_100;

describe('who acts and who looks', () => {
  let log: SqliteEventLog;
  let clear: () => Promise<void>;
  let parts: ReturnType<typeof projectorOver>;
  let rooms: TestingModule;
  let access: Access;

  beforeEach(async () => {
    const made = await folderWithLog();
    ({ log, clear } = made);
    await appendAll(log, [enrolled(0, log.head().logId), ...manyReports(HISTORY, EVENTS)]);
    parts = projectorOver(log, made.folder);
    await caughtUp(parts.projector);
    rooms = await Test.createTestingModule({
      imports: [CqrsModule.forRoot()],
      providers: [
        { provide: ReadModel, useValue: parts.readModel },
        { provide: Projector, useValue: parts.projector },
        { provide: READ_MODEL_SETTINGS, useValue: { folder: made.folder, projections: [] } },
        { provide: CLOCK, useValue: Date.now },
        AskCentreHandler,
        ReadAudit,
        Access,
      ],
    }).compile();
    await rooms.init();
    access = rooms.get(Access);
  });
  afterEach(async () => {
    await rooms.close();
    await parts.stop();
    await clear();
  });

  test('is known as soon as the officer is enrolled', async () => {
    expect(await access.viewer(undefined)).toMatchObject({ officer: testId(9_800) });
    await expect(access.viewer(testId(9_801))).rejects.toMatchObject({ code: 'forbidden' });
    await appendAll(log, [enrolled(1, log.head().logId)]);
    await parts.projector.whenProjected(log.head().seq);
    expect(await access.viewer(testId(9_801))).toMatchObject({ officer: testId(9_801) });
  });

  test('is known also where the enrolment came with another file', async () => {
    expect(await access.viewer(undefined)).toMatchObject({ officer: testId(9_800) });
    const told: string[] = [];
    parts.projector.onAdvance(({ changes: each }) => told.push(...each.map(({ type }) => type)));
    parts.projector.rebuild();
    await appendAll(log, [enrolled(1, log.head().logId)]);
    await parts.projector.whenProjected(log.head().seq);
    expect(told).toEqual([]);
    expect(await access.viewer(testId(9_801))).toMatchObject({ officer: testId(9_801) });
  });
});

function enrolled(revision: number, logId: string): EventToAppend {
  return sealEvent(
    {
      specversion: '1.0',
      id: testId(9_700 + revision),
      source: `urn:ceasewatch:${logId}`,
      type: 'officer.enrolled.v1',
      subject: `centre/${testId(9_070)}`,
      revision,
      time: '2026-11-20T00:00:00.000Z',
      role: 'system',
      authn: 'system',
      data: { officer: testId(9_800 + revision), contingent: 'alfa', role: 'operator' },
    },
    { name: 'Lt Nadia Ferrow' },
    () => new Uint8Array(32).fill(revision),
  );
}
