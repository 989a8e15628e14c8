import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Envelope } from '@ceasewatch/domain/recorded-event';
import type { Change, ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { observationContent } from '@ceasewatch/domain/observation/observation.events';
import type { EventLog, EventToAppend, StoredEvent } from '../../event-log/event-log.ts';
import { openLog } from '../../event-log/open-log.ts';
import { sealEvent } from '../../event-log/seal-event.ts';
import { testEvent, testId } from '../../event-log/testing/events.ts';
import { PROJECTIONS } from '../../projections.ts';
import { ColumnsDesk } from '../columns-desk.ts';
import type { ProjectedEvent } from '../projection.ts';
import { Projector } from '../projector.ts';
import { ReadModel } from '../read-model.ts';

/** A log in a folder of its own, the histories that are appended to it, and a read model over it. */
export async function folderWithLog() {
  const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-read-model-'));
  const log = await openLog({ folder, exercise: true, now: () => Date.UTC(2026, 10, 1) });
  return {
    folder,
    log,
    clear: async () => {
      await log.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function projectorOver(
  log: EventLog,
  folder: string,
  projections = PROJECTIONS,
  onFailure: (failure: unknown) => void = () => undefined,
) {
  const readModel = new ReadModel({ folder, projections, onFailure });
  const projector = new Projector(log, readModel);
  const columns = new ColumnsDesk(readModel, projector);
  return {
    readModel,
    projector,
    columns,
    stop: async () => {
      await columns.onModuleDestroy();
      await projector.stop();
    },
  };
}

export async function caughtUp(projector: Projector): Promise<void> {
  await projector.start();
  await projector.whenProjected(projector.head());
}

/** Appends events as they would stand after commands; each in the stream of its subject. */
export async function appendAll(log: EventLog, events: readonly EventToAppend[]): Promise<void> {
  await Promise.all(
    events.map((event) => {
      const { subject, revision } = event.envelope;
      return log.append(`cw.${subject.replace('/', '-')}`, revision === 0 ? 'none' : revision - 1, [
        event,
      ]);
    }),
  );
}

/** The events that make the changes of a history (`arbitrary-rows.ts`), with narratives in the vault. */
export function eventsOf(history: readonly Change[], logId: string): readonly EventToAppend[] {
  return history.flatMap(({ before, after, seq }) => {
    if (after === null) return [];
    const disclosed =
      before?.version === after.version
        ? { explanation: `because ${seq}` }
        : narrativeOf(after, seq);
    return [
      sealEvent(envelopeOf(before, after, seq, logId), disclosed, () =>
        new Uint8Array(32).fill(seq % 251),
      ),
    ];
  });
}

/** Erases what an event told, as it would stand after a command. */
export async function eraseNarrative(
  log: EventLog,
  { envelope, disclosed }: StoredEvent,
): Promise<void> {
  const { revision } = await log.source(`cw.${envelope.subject.replace('/', '-')}`);
  const data = {
    event: envelope.id,
    digests: [disclosed['narrative']?.digest],
    reason: 'a name in it',
  };
  const next = {
    ...envelope,
    id: testId(9_999),
    type: 'disclosure.erased.v1',
    revision: Number(revision) + 1,
    data,
  };
  await log.append(`cw.${envelope.subject.replace('/', '-')}`, revision, [
    sealEvent(next, undefined, () => new Uint8Array(32)),
  ]);
}

/** So many observations that say what the first of a history says. */
export function manyReports(history: readonly Change[], count: number): readonly EventToAppend[] {
  const [recorded] = eventsOf(history, 'log');
  const data = { ...recorded?.envelope.data };
  return Array.from({ length: count }, (_, stream) => testEvent({ stream: stream + 1, data }));
}

/** The same as projections see them, each told by a mill. */
export function projectedReports(
  history: readonly Change[],
  count: number,
): readonly ProjectedEvent[] {
  return manyReports(history, count).map(({ envelope }, seq) => {
    const value = `Heard near the mill, ${seq}.`;
    return { seq, envelope, disclosed: { narrative: { state: 'shown', value } } };
  });
}

/** What an observation that was told at step `seq` of a history says. */
export function narrativeOf(row: ObservationRow, seq: number): Readonly<Record<string, string>> {
  return {
    narrative: `Report ${seq}: İki ${row.kind} heard near the mill`,
    asEntered: `${row.kind} ${seq}`,
  };
}

function envelopeOf(
  before: ObservationRow | null,
  after: ObservationRow,
  seq: number,
  logId: string,
): Envelope {
  return {
    specversion: '1.0',
    id: before === null ? after.id : testId(1_000 + seq),
    source: `urn:ceasewatch:${logId}`,
    subject: `observation/${after.id}`,
    revision: after.revision,
    time: after.versionRecordedAt,
    officer: testId(4),
    role: 'operator',
    authn: 'chosen',
    correlationid: testId(1_000 + seq),
    ...(after.contingent === null ? {} : { contingent: after.contingent }),
    ...saidBy(before, after),
  };
}

function saidBy(
  before: ObservationRow | null,
  after: ObservationRow,
): Pick<Envelope, 'type' | 'data'> {
  const { shape } = observationContent;
  const content = Object.fromEntries(
    Object.entries(after).filter(([key]) => Object.hasOwn(shape, key)),
  );
  if (before === null) return { type: 'observation.recorded.v1', data: content };
  if (after.version > before.version) {
    const reason = 'transcription';
    return {
      type: 'observation.corrected.v1',
      data: { ...content, corrects: before.version, reason },
    };
  }
  if (after.status === 'retracted') {
    return {
      type: 'observation.retracted.v1',
      data: { retracts: before.version, reason: 'duplicate' },
    };
  }
  return { type: 'observation.reinstated.v1', data: { reinstates: before.version } };
}
