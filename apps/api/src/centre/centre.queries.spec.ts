import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import { foundingEvents } from '@ceasewatch/domain/centre/centre-file';
import type { DomainEvent } from '@ceasewatch/domain/decider';
import type { Envelope } from '@ceasewatch/domain/recorded-event';
import { AREAS, OFFICERS, UNITS } from '@ceasewatch/domain/testing/cast';
import { exerciseCentre } from '@ceasewatch/domain/testing/exercise-centre';
import type { CentreAnswer } from '../contract/centre.ts';
import { sealEvent } from '../event-log/seal-event.ts';
import type { SqliteEventLog } from '../event-log/sqlite-event-log.ts';
import { testId } from '../event-log/testing/events.ts';
import {
  appendAll,
  caughtUp,
  folderWithLog,
  projectorOver,
} from '../read-model/testing/histories.ts';
import { AskCentre, AskCentreHandler } from './centre.queries.ts';
import { gazetteerAsOf } from './gazetteer.queries.ts';

const ANALYST: Viewer = { officer: null, contingent: 'alfa', role: 'analyst' };
const START = Date.UTC(2026, 7, 15, 20);
const CENTRE = `centre/${testId(1)}`;
const CEASEFIRE = `ceasefire/${testId(2)}`;
const MOVED_TO = { lat: 40_000_000, lon: 46_900_000, errorM: 20 };

const RANGE = {
  area: AREAS.range,
  kind: 'exercise',
  name: { en: 'Live fire, range 2' },
  shape: 'polygon',
  vertices: [
    [46_900_000, 39_900_000],
    [46_950_000, 39_900_000],
    [46_950_000, 39_950_000],
    [46_900_000, 39_900_000],
  ],
  from: at(5),
  to: at(9),
};

describe('the centre', () => {
  let log: SqliteEventLog;
  let clear: () => Promise<void>;
  let parts: ReturnType<typeof projectorOver>;
  let founded: number;

  beforeAll(async () => {
    const made = await folderWithLog();
    ({ log, clear } = made);
    parts = projectorOver(log, made.folder);
    const { centre, ceasefire } = foundingEvents(exerciseCentre(START));
    await append(CENTRE, 0, centre);
    await append(CEASEFIRE, 0, ceasefire);
    founded = log.head().seq;
    await append(CENTRE, centre.length, [
      { type: 'unit.moved.v1', data: { unit: UNITS.patrolBravo, position: MOVED_TO, from: at(1) } },
      { type: 'unit.closed.v1', data: { unit: UNITS.cameraElm, from: at(2), reason: 'lens' } },
      { type: 'officer.withdrawn.v1', data: { officer: OFFICERS.wren.officer } },
      { type: 'area.defined.v1', data: RANGE },
      { type: 'centre.calendar-set.v1', data: { zone: 'Asia/Baku', cutOff: '20:00', from: at(0) } },
    ]);
    await append(CEASEFIRE, ceasefire.length, [
      { type: 'ceasefire.ended.v1', data: { endedAt: at(3), declaredBy: 'Northland' } },
    ]);
    await caughtUp(parts.projector);
  });
  afterAll(async () => {
    await parts.stop();
    await clear();
  });

  test('tells what its file founded, in the order of the file', async () => {
    const file = exerciseCentre(START);
    const centre = await ask(founded);
    expect(centre).toMatchObject({
      log: log.head().logId,
      exercise: true,
      zone: file.zone,
      cutOff: file.cutOff,
    });
    expect(centre.units.map(({ unit }) => unit)).toEqual(file.units.map(({ unit }) => unit));
    expect(centre.areas.map(({ area }) => area)).toEqual(file.areas.map(({ area }) => area));
    expect(centre.officers.map(({ officer }) => officer)).toEqual(
      file.officers.map(({ officer }) => officer),
    );
    expect(centre.officers[0]?.name).toEqual({ state: 'shown', value: file.officers[0]?.name });
    expect(centre.contingents.map(({ strength }) => strength.length)).toEqual(
      file.contingents.map(({ strength }) => strength?.length ?? 0),
    );
    expect(centre.ceasefire).toMatchObject({ inForceAt: file.ceasefire?.inForceAt, endedAt: null });
    expect(centre.places.length).toBe(file.places.length);
  });

  test('answers as of any event as it would have answered then', async () => {
    const now = await ask();
    const unit = (centre: CentreAnswer, id: string) =>
      centre.units.find((each) => each.unit === id);
    expect(unit(now, UNITS.patrolBravo)?.position).toEqual(MOVED_TO);
    expect(unit(await ask(founded), UNITS.patrolBravo)?.position).not.toEqual(MOVED_TO);
    expect(unit(now, UNITS.cameraElm)?.closedAt).toBe(at(2));
    expect(unit(await ask(founded + 1), UNITS.cameraElm)?.closedAt).toBeNull();
    const wren = (centre: CentreAnswer) =>
      centre.officers.find(({ officer }) => officer === OFFICERS.wren.officer);
    expect(wren(now)?.withdrawn).toBe(true);
    expect(wren(await ask(founded))?.withdrawn).toBe(false);
    expect(now.cutOff).toBe('20:00');
    expect((await ask(founded)).cutOff).toBe('19:30');
    expect(now.ceasefire?.endedAt).toBe(at(3));
    expect((await ask(founded)).ceasefire?.endedAt).toBeNull();
    expect((await ask(0)).units).toEqual([]);
  });

  test('keeps the name of an officer who comes back unnamed', async () => {
    const { centre } = foundingEvents(exerciseCentre(START));
    const wren = centre.find(
      ({ type, data }) => type === 'officer.enrolled.v1' && data.officer === OFFICERS.wren.officer,
    );
    if (wren === undefined) throw new Error('Wren is in the file');
    const { type, data } = wren;
    await append(CENTRE, centre.length + 5, [{ type, data }]);
    await parts.projector.whenProjected(log.head().seq);
    const { officers } = await ask();
    const back = officers.find(({ officer }) => officer === OFFICERS.wren.officer);
    expect(back).toMatchObject({ withdrawn: false, name: { state: 'shown' } });
  });

  test('calls an officer as of an event what he was called then', async () => {
    const { centre } = foundingEvents(exerciseCentre(START));
    const wren = centre.find(
      ({ type, data }) => type === 'officer.enrolled.v1' && data.officer === OFFICERS.wren.officer,
    );
    if (wren === undefined) throw new Error('Wren is in the file');
    const named = async (asOf?: number) =>
      (await ask(asOf)).officers.find(({ officer }) => officer === OFFICERS.wren.officer)?.name;
    const before = { seq: log.head().seq, name: await named() };
    const { type, data } = wren;
    const disclosed = { name: 'Wren the Younger' };
    await append(CENTRE, centre.length + 6, [{ type, data, disclosed }]);
    await parts.projector.whenProjected(log.head().seq);
    expect(await named()).toEqual({ state: 'shown', value: disclosed.name });
    expect(await named(before.seq)).toEqual(before.name);
    expect(gazetteer(before.seq)).not.toContain(disclosed.name);
    expect(gazetteer(log.head().seq)).toContain(disclosed.name);
  });

  test('names officers to nobody who may not read names', async () => {
    const { officers } = await ask(undefined, { ...ANALYST, role: 'sensor' });
    expect(new Set(officers.map(({ name }) => name.state))).toEqual(new Set(['withheld']));
  });

  test('marks what was agreed and what was announced', async () => {
    const { annotations } = await ask();
    expect(annotations.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['ceasefire.in_force', 'ceasefire.ended', 'area.exercise']),
    );
    const { from, to } = RANGE;
    expect(annotations).toContainEqual(
      expect.objectContaining({ at: from, to, label: 'Live fire, range 2' }),
    );
    expect((await ask(founded)).annotations.map(({ type }) => type)).not.toContain('area.exercise');
  });

  /** Every name by which an officer is found as of an event. */
  function gazetteer(asOf: number): readonly string[] {
    const { officers } = parts.readModel.read((db) => gazetteerAsOf(db, ANALYST, asOf));
    return officers.flatMap(({ names }) => names);
  }

  function ask(asOf?: number, viewer = ANALYST): Promise<CentreAnswer> {
    return new AskCentreHandler(parts.readModel, parts.projector).execute(
      new AskCentre({ viewer, ...(asOf === undefined ? {} : { asOf }) }),
    );
  }

  async function append(
    subject: string,
    from: number,
    events: readonly DomainEvent[],
  ): Promise<void> {
    const before = log.head().seq + 1;
    await appendAll(
      log,
      events.map(({ type, data, disclosed }, index) =>
        sealEvent(
          envelopeOf(subject, from + index, { type, data: { ...data } }, before + index),
          disclosed,
          () => new Uint8Array(32).fill(index),
        ),
      ),
    );
  }

  function envelopeOf(
    subject: string,
    revision: number,
    said: Pick<Envelope, 'type' | 'data'>,
    n: number,
  ): Envelope {
    return {
      specversion: '1.0',
      id: testId(100 + n),
      source: `urn:ceasewatch:${log.head().logId}`,
      subject,
      revision,
      time: at(4),
      role: 'system',
      authn: 'system',
      ...said,
    };
  }
});

/** So many hours after the centre's file holds. */
function at(hours: number): string {
  return new Date(START + hours * 3_600_000).toISOString();
}
