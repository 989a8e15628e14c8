import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toBase64 } from '@ceasewatch/tlog/base64';
import { EarlierCopy } from './earlier-copy.ts';
import { KeptHeads, readKeptHead } from './kept-head.ts';
import { LogFile } from './log-file.ts';
import { idOf, tale, TOLD, unguarded, type WrittenEvent, writeLog } from './testing/write-log.ts';
import { type Against, verifyLog } from './verify-log.ts';

describe('a log whose hashes fit', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ceasewatch-history-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const verified = (against: Against = {}) => {
    const file = new LogFile(folder);
    try {
      return verifyLog(file, against);
    } finally {
      file.close();
    }
  };
  const flawsOf = (events: readonly WrittenEvent[]) => {
    writeLog(folder, events).close();
    return verified().flaws.first.map(({ seq, kind }) => ({ seq, kind }));
  };
  const replaced = (seq: number, change: Partial<WrittenEvent>): readonly WrittenEvent[] =>
    tale.map((event, at) => (at === seq ? { ...event, ...change } : event));
  const observed = (more: object) => replaced(5, { data: { ...TOLD, ...more } });
  const followed = (type: string, data: object): readonly WrittenEvent[] => [
    ...tale,
    { subject: `observation/${idOf(3)}`, type, data: { ...data } },
  ];

  it.each<[string, readonly WrittenEvent[], number]>([
    ['a unit that no centre knows', observed({ unit: idOf(900) }), 5],
    ['a source that says it perceived', observed({ origin: 'unit' }), 5],
    ['an officer who was never enrolled', replaced(5, officer({})), 5],
    ['a centre of the future', replaced(5, { envelope: { centrerevision: 2 } }), 5],
    ['no centre at all', replaced(5, { envelope: { centrerevision: undefined } }), 5],
    ['a public text in two spellings', observed({ where: { form: 'area', name: 'e\u200b' } }), 5],
    [
      'a retraction of what is retracted',
      followed('observation.retracted.v1', change('retracts', 1)),
      14,
    ],
    [
      'a correction of what is retracted',
      followed('observation.corrected.v1', { ...TOLD, ...change('corrects', 1) }),
      14,
    ],
    ['a version that never stood', followed('observation.reinstated.v1', { reinstates: 2 }), 14],
    ['a second centre', [...tale, { ...secondCentre() }], 14],
    ['a change of the centre that changes nothing', [...tale, ...tale.slice(2, 3)], 14],
    ['a unit that is moved before there is one', [...tale, movedUnit()], 14],
  ])('may still be one that no program wrote: %s', (_, events, seq) => {
    expect(flawsOf(events)).toEqual([
      { seq, kind: expect.stringMatching(/^(?:forbidden|malformed_data)$/) },
    ]);
  });

  it('is flawed by a place that is not where it says', () => {
    const where = {
      form: 'point',
      lat: 40_000_000,
      lon: 47_000_000,
      errorM: 100,
      resolved: { lat: 40_100_000, lon: 47_000_000, errorM: 100, method: 'point.1', sector: null },
    };
    expect(flawsOf(observed({ where }))).toEqual([{ seq: 5, kind: 'resolved_otherwise' }]);
  });

  it('tells of an observation of a unit that happened after it was recorded', () => {
    const events = unitReports({
      from: '2026-08-15T20:20:00.000Z',
      to: '2026-08-15T20:21:00.000Z',
    });
    expect(flawsOf(events)).toEqual([{ seq: 5, kind: 'occurs_after_recorded' }]);
  });

  it('allows a unit a clock that is minutes ahead, as the rules do', () => {
    const events = unitReports({
      from: '2026-08-15T20:10:00.000Z',
      to: '2026-08-15T20:11:00.000Z',
    });
    expect(flawsOf(events)).toEqual([]);
  });

  it('is told of every flaw once, the first first', () => {
    const db = writeLog(folder);
    unguarded(db, () =>
      db.exec(`UPDATE events SET leaf = replace(leaf, 'burst', 'bursu') WHERE seq IN (5, 8);
        DELETE FROM events WHERE seq = 10`),
    );
    db.close();
    const { count, byKind, first } = verified().flaws;
    expect(first.map(({ seq, kind }) => [seq, kind])).toEqual([
      [5, 'leaf_altered'],
      [8, 'leaf_altered'],
      [10, 'missing_event'],
      [10, 'stray_disclosure'],
    ]);
    expect({ count, byKind }).toEqual({
      count: 4,
      byKind: { leaf_altered: 2, missing_event: 1, stray_disclosure: 1 },
    });
  });

  it('is verified from an event on, and only read before it', () => {
    const db = writeLog(folder);
    unguarded(db, () => db.exec(`UPDATE events SET leaf_hash = zeroblob(32) WHERE seq = 4`));
    db.close();
    expect(verified({ from: 6 })).toMatchObject({ from: 6, last: 13, flaws: { count: 0 } });
    expect(verified({ from: 4 }).flaws.first).toMatchObject([{ seq: 4, kind: 'leaf_altered' }]);
  });

  it('is another log where a head that was kept is not met', () => {
    writeLog(folder).close();
    const head = `13:${toBase64(verified().chain)}`;
    const heads = () => ({ heads: new KeptHeads([readKeptHead(head)]) });
    expect(verified(heads()).flaws.count).toBe(0);
    rmSync(join(folder, 'log.sqlite'));
    writeLog(folder, observed({ kind: 'shot' })).close();
    expect(verified().flaws.count).toBe(0);
    expect(verified(heads()).flaws.first).toMatchObject([{ seq: 13, kind: 'other_head' }]);
    rmSync(join(folder, 'log.sqlite'));
    writeLog(folder, tale.slice(0, 13)).close();
    expect(verified(heads()).flaws.first).toMatchObject([{ seq: 13, kind: 'other_head' }]);
  });

  it.each(['12', 'x:AAAA', `1:${'A'.repeat(42)}`])('is not held against %s', (text) => {
    expect(() => readKeptHead(text)).toThrow('NUMBER:HASH');
  });

  describe('is held against what was taken out of it earlier:', () => {
    const rewritten = observed({ kind: 'shot' });
    const against = (path: string) => verified({ copy: new EarlierCopy(path) });

    it('a copy of its file', () => {
      mkdirSync(join(folder, 'kept'));
      writeLog(folder).close();
      copyFileSync(join(folder, 'log.sqlite'), join(folder, 'kept', 'backup'));
      expect(against(join(folder, 'kept', 'backup')).flaws.count).toBe(0);
      rmSync(join(folder, 'log.sqlite'));
      writeLog(folder, rewritten).close();
      expect(against(join(folder, 'kept', 'backup')).flaws.first).toMatchObject([
        { seq: 5, kind: 'other_event' },
      ]);
    });

    it('an export of some of its events, line by line', () => {
      writeLog(folder).close();
      const file = new LogFile(folder);
      const leaves = [...file.rows()].map(({ leaf }) => Buffer.from(leaf).toString());
      file.close();
      const path = join(folder, 'export.ndjson');
      writeFileSync(path, ['{"manifest":true}', ...leaves.slice(4, 9)].join('\n'));
      const copy = new EarlierCopy(path);
      expect(verified({ copy }).flaws.count).toBe(0);
      expect(copy.compared).toBe(5);
      rmSync(join(folder, 'log.sqlite'));
      writeLog(folder, tale.slice(0, 7)).close();
      expect(against(path).flaws.first).toMatchObject([{ seq: 7, kind: 'other_event' }]);
    });
  });
});

const CONTINGENT = { contingent: 'a', name: { en: 'Alfa' }, sign: 'square' };

function change(verb: string, version: number): object {
  return { [verb]: version, reason: 'misidentification' };
}

function officer(more: object): Partial<WrittenEvent> {
  return {
    envelope: { role: 'operator', authn: 'chosen', officer: idOf(700), contingent: 'a', ...more },
  };
}

function secondCentre(): WrittenEvent {
  const [, established] = tale;
  if (established === undefined) throw new RangeError('the tale has a centre');
  return { ...established, subject: `centre/${idOf(800)}` };
}

function movedUnit(): WrittenEvent {
  const position = { lat: 40_000_000, lon: 47_000_000, errorM: 10 };
  const data = { unit: idOf(900), position, from: '2026-08-15T20:00:00.000Z' };
  return { subject: `centre/${idOf(1)}`, type: 'unit.moved.v1', data };
}

/** A contingent, its post and its officer at events 2 to 4, and what the post reports at 5. */
function unitReports(when: {
  readonly from: string;
  readonly to: string;
}): readonly WrittenEvent[] {
  const [opening, established] = tale;
  if (opening === undefined || established === undefined) throw new RangeError('no tale');
  const { subject } = established;
  const from = '2026-08-01T00:00:00.000Z';
  const post = { unit: idOf(3), name: 'Post', kind: 'post', contingent: 'a', from };
  const enrolled = { officer: idOf(4), contingent: 'a', role: 'operator', unit: idOf(3) };
  return [
    opening,
    established,
    { subject, type: 'contingent.admitted.v1', data: CONTINGENT },
    { subject, type: 'unit.opened.v1', data: post },
    { subject, type: 'officer.enrolled.v1', data: enrolled },
    {
      subject: `observation/${idOf(5)}`,
      type: 'observation.recorded.v1',
      data: { ...TOLD, origin: 'unit', unit: idOf(3), when: { ...TOLD.when, ...when } },
      ...officer({ officer: idOf(4), centrerevision: 3 }),
    },
  ];
}
