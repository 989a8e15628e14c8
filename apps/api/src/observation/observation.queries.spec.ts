import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import { compileFilter } from '@ceasewatch/domain/situation/observation-filter';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import type { ObservationFilter, SituationQuery } from '@ceasewatch/domain/situation/situation';
import {
  applyChange,
  emptySituation,
  toSituation,
} from '@ceasewatch/domain/situation/situation-fold';
import { matchesText, readText } from '@ceasewatch/domain/situation/text-query';
import {
  changes,
  filters,
  queries,
  SECTORS,
  UNITS,
} from '@ceasewatch/domain/testing/arbitrary-rows';
import { gazetteerAsOf } from '../centre/gazetteer.queries.ts';
import type { EventToAppend } from '../event-log/event-log.ts';
import { sealEvent } from '../event-log/seal-event.ts';
import type { SqliteEventLog } from '../event-log/sqlite-event-log.ts';
import { testId } from '../event-log/testing/events.ts';
import {
  appendAll,
  caughtUp,
  eventsOf,
  folderWithLog,
  projectorOver,
} from '../read-model/testing/histories.ts';
import type { Moment } from '../read-model/as-of.ts';
import { AskSituation, AskSituationHandler } from '../situation/situation.queries.ts';
import {
  ExportObservations,
  ExportObservationsHandler,
  FindObservation,
  FindObservationHandler,
  ListObservations,
  ListObservationsHandler,
} from './observation.queries.ts';
import type { ListRequest } from './observation-lists.ts';

const ANALYST: Viewer = { officer: null, contingent: 'alfa', role: 'analyst' };
const orders = fc.constantFrom('recorded' as const, 'occurred' as const);
const SENSOR: Viewer = { officer: null, contingent: 'alfa', role: 'sensor' };
const HISTORY =
  fc
    .sample(changes, { numRuns: 30, seed: 11 })
    .toSorted((one, other) => other.length - one.length)[0] ?? [];

function momentOf({ occurredUntil }: SituationQuery, asOf: number): Moment {
  const known: Moment = { viewer: ANALYST, asOf };
  return occurredUntil === undefined ? known : { ...known, occurredUntil };
}

describe('questions about observations', () => {
  let log: SqliteEventLog;
  let clear: () => Promise<void>;
  let parts: ReturnType<typeof projectorOver>;
  let head: number;

  beforeAll(async () => {
    const made = await folderWithLog();
    ({ log, clear } = made);
    parts = projectorOver(log, made.folder);
    const { logId } = log.head();
    await appendAll(log, [...centreOf(logId), ...eventsOf(HISTORY, logId)]);
    await caughtUp(parts.projector);
    head = parts.projector.projected;
  });
  afterAll(async () => {
    await parts.stop();
    await clear();
  });

  const list = (request: ListRequest, moment: Partial<Moment> = {}) =>
    new ListObservationsHandler(parts.readModel, parts.projector, parts.columns).execute(
      new ListObservations({ viewer: ANALYST, ...moment }, request),
    );
  const exporting = () =>
    new ExportObservationsHandler(parts.readModel, parts.projector, parts.columns);
  const find = (idOrNumber: string, asOf?: number, viewer = ANALYST) =>
    new FindObservationHandler(parts.readModel, parts.projector).execute(
      new FindObservation({ viewer, ...(asOf === undefined ? {} : { asOf }) }, idOrNumber),
    );

  /** Rows in force as of an event, from the changes that were told. */
  function inForce(asOf: number): readonly ObservationRow[] {
    const rows = new Map<string, ObservationRow>();
    for (const { after } of parts.projector.changes(-1, 500).changes) {
      if (after !== null && after.fromSeq <= asOf) rows.set(after.id, after);
    }
    return [...rows.values()].toSorted((one, other) => other.fromSeq - one.fromSeq);
  }

  test('a list of either order holds what the predicate lets pass, as of any event', async () => {
    await fc.assert(
      fc.asyncProperty(
        filters,
        fc.nat(),
        fc.boolean(),
        orders,
        async (filter, cut, whole, order) => {
          const asOf = whole ? head : cut % (head + 1);
          const passing = inForce(asOf).filter(compileFilter(filter));
          const expected = order === 'recorded' ? passing : passing.toSorted(laterFirst);
          const page = await list({ filter, order, limit: 500 }, { asOf });
          expect(page.items).toEqual(expected);
          expect(page).toMatchObject({ matching: expected.length, asOf });
          expect(page.next).toBeUndefined();
        },
      ),
      { numRuns: 120 },
    );
  }, 180_000);

  test('a word that nobody has told of is in no row, whatever else is asked', async () => {
    const untold = testId(999_999);
    const rare: readonly ObservationFilter[] = [
      { casualties: true },
      { retracted: true },
      { weapon: ['heavy_machine_gun'] },
    ];
    for (const filter of rare) {
      for (const order of ['recorded', 'occurred'] as const) {
        const page = await list({ filter: { ...filter, sector: [untold], unit: [untold] }, order });
        expect([page.items, page.matching]).toEqual([[], 0]);
      }
    }
  });

  test('pages of either order together are the whole list, each row once', async () => {
    for (const order of ['recorded', 'occurred'] as const) {
      const rows: ObservationRow[] = [];
      for (let cursor: string | undefined, more = true; more;) {
        const page = await list({
          filter: {},
          order,
          limit: 3,
          ...(cursor === undefined ? {} : { cursor }),
        });
        rows.push(...page.items);
        cursor = page.next;
        more = cursor !== undefined;
      }
      const expected = inForce(head).filter(compileFilter({}));
      const sorted = order === 'recorded' ? expected : expected.toSorted(laterFirst);
      expect(rows.map(({ fromSeq }) => fromSeq)).toEqual(sorted.map(({ fromSeq }) => fromSeq));
    }
  });

  test('a window of time lists what began in it', async () => {
    const [some, other] = inForce(head)
      .map(({ when }) => when.from)
      .toSorted();
    const filter: ObservationFilter = { ...(some && { from: some }), ...(other && { to: other }) };
    const page = await list({ filter });
    expect(page.items).toEqual(inForce(head).filter(compileFilter(filter)));
    expect(page.matching).toBe(page.items.length);
  });

  test('what occurred until an instant is listed and exported as if nothing had happened since', async () => {
    const exported = exporting();
    const [, , occurredUntil = ''] = inForce(head)
      .map(({ when }) => when.from)
      .toSorted();
    for (const to of [undefined, '2000-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z']) {
      const filter: ObservationFilter = to === undefined ? {} : { to };
      const expected = inForce(head)
        .filter(compileFilter(filter))
        .filter(({ when }) => when.from < occurredUntil);
      for (const order of ['recorded', 'occurred'] as const) {
        const page = await list({ filter, order }, { occurredUntil });
        expect(new Set(page.items)).toEqual(new Set(expected));
        expect(page.matching).toBe(expected.length);
      }
      const rows: ObservationRow[] = [];
      const moment = { viewer: ANALYST, occurredUntil };
      const file = await exported.execute(new ExportObservations(moment, filter));
      for await (const row of file.rows) rows.push(row);
      expect(rows).toEqual(expected.toReversed());
    }
  });

  test('an export holds the same rows in log order, as of an event', async () => {
    const handler = exporting();
    const asOf = head - 5;
    const rows: ObservationRow[] = [];
    const file = await handler.execute(new ExportObservations({ viewer: ANALYST, asOf }, {}));
    for await (const row of file.rows) rows.push(row);
    expect(file.facts.asOf.seq).toBe(asOf);
    expect(rows).toEqual(inForce(asOf).filter(compileFilter({})).toReversed());
  });

  test('the situation from columns equals the fold of all changes, as of any event', async () => {
    const handler = new AskSituationHandler(parts.readModel, parts.projector, parts.columns);
    await fc.assert(
      fc.asyncProperty(queries, fc.nat(), async (query, cut) => {
        const asOf = cut % (head + 1);
        const { situation } = await handler.execute(
          new AskSituation(momentOf(query, asOf), query, 0),
        );
        const named = asOf >= 3 ? SECTORS.slice(0, 1) : [];
        const fold = emptySituation(situation.query, named);
        for (const change of parts.projector.changes(-1, 500).changes)
          if (change.seq <= asOf) applyChange(fold, change);
        expect({ ...situation, seq: asOf }).toEqual({ ...toSituation(fold), seq: asOf });
      }),
      { numRuns: 40 },
    );
  }, 180_000);

  test.each([
    ['a number', '3'],
    ['a number with its sign', '#3'],
    ['the beginning of an id', '019aa9c0-7d3e-7a41-8c55-000000000003'],
    ['a unit, however it is spelled', 'IĞDIR'],
    ['an officer', 'ferrow'],
    ['any spelling of a place', 'agdam'],
    ['a sector', 'birch'],
    ['a grid reference', '38S NK 9 2'],
    ['several words at once', 'igdir 2'],
  ])('free text finds %s', async (_, q) => {
    const found = await list({ filter: { q }, limit: 500 });
    const query = parts.readModel.read((db) => readText(q, gazetteerAsOf(db, ANALYST, head)));
    const inText = (word: string, row: ObservationRow) => ` ${textOf(row)}`.includes(` ${word}`);
    const text = (row: ObservationRow) => matchesText(query, row, inText);
    expect(found.items).toEqual(inForce(head).filter(compileFilter({ q }, text)));
    expect(found.matching).toBe(found.items.length);
    const exported = await exporting().execute(new ExportObservations({ viewer: ANALYST }, { q }));
    const rows: ObservationRow[] = [];
    for await (const row of exported.rows) rows.push(row);
    expect(rows).toEqual(found.items.toReversed());
    if (!q.startsWith('38S')) expect(found.matching).toBeGreaterThan(0);
  });

  test('free text finds the words of narratives, but not for who may not read them', async () => {
    const found = await list({ filter: { q: 'MILL' } });
    expect(found).toMatchObject({ narrativeSearched: true });
    expect(found.matching).toBe(inForce(head).filter(compileFilter({})).length);
    expect(await list({ filter: { q: 'mill' } }, { viewer: SENSOR })).toMatchObject({
      narrativeSearched: false,
      matching: 0,
    });
    expect(await list({ filter: {} })).not.toHaveProperty('narrativeSearched');
  });

  test('an observation tells its versions as they were known then, by id or number', async () => {
    const changed = inForce(head).find(({ revision }) => revision > 0);
    const detail = await find(String(changed?.number));
    expect(await find(changed?.id ?? '')).toEqual(detail);
    expect(detail.versions.at(-1)?.row).toEqual(changed);
    expect(detail.versions.length).toBe((changed?.revision ?? 0) + 1);
    expect(detail.versions[0]?.narrative).toMatchObject({ state: 'shown' });
    const firstSeq = detail.versions[0]?.row.fromSeq ?? 0;
    const then = await find(detail.id, firstSeq);
    expect(then.versions).toEqual([
      { ...detail.versions[0], row: { ...detail.versions[0]?.row, toSeq: null } },
    ]);
    await expect(find(detail.id, firstSeq - 1)).rejects.toMatchObject({ code: 'not_found' });
    await expect(find('no such')).rejects.toMatchObject({ code: 'not_found' });
    expect((await find(detail.id, undefined, SENSOR)).versions[0]?.narrative).toEqual({
      state: 'withheld',
    });
  });

  test('an instant as of which is asked means the last event not later', async () => {
    const { changes: told } = parts.projector.changes(-1, 500);
    const asked = told.at(-4)?.time ?? '';
    const expected = told.findLast(({ time }) => time <= asked)?.seq;
    expect((await list({ filter: {} }, { asOf: asked })).asOf).toBe(expected);
    expect((await list({ filter: {} }, { asOf: '1999-01-01T00:00:00.000Z' })).asOf).toBe(-1);
    for (const asOf of [head + 1, -1, 1.5, 'yesterday']) {
      await expect(list({ filter: {} }, { asOf })).rejects.toMatchObject({ code: 'as_of_unknown' });
    }
    await expect(list({ filter: {}, cursor: 'x' })).rejects.toMatchObject({
      code: 'cursor_invalid',
    });
  });

  function textOf(row: ObservationRow): string {
    const version = parts.readModel.read((db) =>
      db
        .prepare(
          'SELECT narrative FROM observation_folded WHERE seq = (SELECT content_seq FROM observation_version WHERE from_seq = ?)',
        )
        .get(row.fromSeq),
    );
    return String(version?.['narrative']);
  }
});

/** As a list by occurrence has them. */
function laterFirst(one: ObservationRow, other: ObservationRow): number {
  if (one.when.from === other.when.from) return other.fromSeq - one.fromSeq;
  return one.when.from < other.when.from ? 1 : -1;
}

/** A centre with one sector that is shown, a unit with a spelling, an officer with a name, a place. */
function centreOf(logId: string): readonly EventToAppend[] {
  const subject = `centre/${testId(70)}`;
  const said: readonly [
    type: string,
    data: Record<string, unknown>,
    disclosed?: Record<string, string>,
  ][] = [
    [
      'centre.established.v1',
      {
        name: { en: 'Joint centre' },
        zone: 'Europe/Moscow',
        missionArea: [46_000_000, 39_000_000, 48_000_000, 41_000_000],
        places: [
          {
            name: { en: 'Aghdam', ru: 'Агдам' },
            aliases: ['Ağdam'],
            lat: 39_900_000,
            lon: 46_900_000,
          },
        ],
        sources: [],
      },
    ],
    [
      'unit.opened.v1',
      { unit: UNITS[0], kind: 'post', name: 'Post Iğdır', from: '2026-08-01T00:00:00.000Z' },
    ],
    [
      'area.defined.v1',
      {
        area: SECTORS[0],
        kind: 'sector',
        name: { en: 'Sector Birch' },
        shape: 'polygon',
        vertices: [
          [46_000_000, 39_000_000],
          [47_000_000, 39_000_000],
          [47_000_000, 40_000_000],
          [46_000_000, 39_000_000],
        ],
        from: '2026-08-01T00:00:00.000Z',
      },
    ],
    [
      'officer.enrolled.v1',
      { officer: testId(4), contingent: 'alfa', role: 'operator' },
      { name: 'Lt Nadia Ferrow' },
    ],
  ];
  return said.map(([type, data, disclosed], revision) =>
    sealEvent(
      {
        specversion: '1.0',
        id: testId(70 + revision),
        source: `urn:ceasewatch:${logId}`,
        type,
        subject,
        revision,
        time: '2026-11-20T00:00:00.000Z',
        role: 'system',
        authn: 'system',
        data,
      },
      disclosed,
      () => new Uint8Array(32).fill(revision),
    ),
  );
}
