import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { describeShared } from '../../../../scripts/beside-the-clone.ts';
import { Refusal } from '../refusal.ts';
import { ENTERED_TIMES } from '../testing/entered-cases.ts';
import { refusalOf } from '../testing/given-when-then.ts';
import {
  deviceClockWarnings,
  readWhen,
  type WhenEntry,
  whenEntrySchema,
  whenSchema,
} from './when.ts';
import { instantsOf, isZone, offsetMinutes } from './zone.ts';

const rules = {
  now: Date.parse('2026-11-22T10:00:07Z'),
  notBefore: Date.parse('2020-11-09T21:00:00Z'),
};
const entry: WhenEntry = {
  from: '2026-11-22T12:58:00+03:00',
  precision: 'minute',
  zone: 'Europe/Moscow',
  clock: 'device',
};
const read = (change: Partial<WhenEntry>) => readWhen({ ...entry, ...change }, rules);

function reasonOf(change: Partial<WhenEntry>): string {
  try {
    return `accepted as ${JSON.stringify(read(change).when)}`;
  } catch (error) {
    if (error instanceof Refusal)
      return error.refused.map((each) => `${each.field} ${each.reason}`).join();
    throw error;
  }
}

describe('when', () => {
  it('is the vector of the event format, from an entry in Moscow time', () => {
    const vector = {
      clock: 'device',
      from: '2026-11-22T09:58:00.000Z',
      precision: 'minute',
      to: '2026-11-22T09:59:00.000Z',
      zone: 'Europe/Moscow',
    };
    expect(read({})).toEqual({ when: vector, warnings: [] });
    expect(whenSchema.parse(vector)).toEqual(vector);
  });

  it.each([
    ['second', '2026-11-22T09:58:07.400Z', '2026-11-22T09:58:07.000Z', '2026-11-22T09:58:08.000Z'],
    ['minute', '2026-11-22T09:58:07.400Z', '2026-11-22T09:58:00.000Z', '2026-11-22T09:59:00.000Z'],
    ['hour', '2026-11-22T09:58:07.400Z', '2026-11-22T09:00:00.000Z', '2026-11-22T10:00:00.000Z'],
    ['day', '2026-11-22T09:58:07.400Z', '2026-11-21T21:00:00.000Z', '2026-11-22T21:00:00.000Z'],
  ] as const)(
    'told to the %s is the whole of it, in the zone of entry',
    (precision, told, from, to) => {
      expect(read({ precision, from: told }).when).toMatchObject({ from, to });
    },
  );

  it('takes whole hours from a zone that is half an hour off', () => {
    expect(
      read({ precision: 'hour', zone: 'Asia/Kolkata', from: '2026-11-22T09:58:00Z' }).when,
    ).toMatchObject({
      from: '2026-11-22T09:30:00.000Z',
      to: '2026-11-22T10:30:00.000Z',
    });
  });

  it('has days of 23 and 25 hours where clocks change', () => {
    const day = (from: string) =>
      readWhen({ from, precision: 'day', zone: 'Europe/Berlin' }, 'external').when;
    expect(day('2021-03-28T12:00:00+02:00')).toMatchObject({
      from: '2021-03-27T23:00:00.000Z',
      to: '2021-03-28T22:00:00.000Z',
    });
    expect(day('2021-10-31T12:00:00+01:00')).toMatchObject({
      from: '2021-10-30T22:00:00.000Z',
      to: '2021-10-31T23:00:00.000Z',
    });
  });

  it('keeps plus and minus five minutes as a period told to the minute', () => {
    expect(read({ from: '2026-11-22T09:53:00Z', to: '2026-11-22T09:58:30Z' }).when).toMatchObject({
      from: '2026-11-22T09:53:00.000Z',
      to: '2026-11-22T09:59:00.000Z',
      precision: 'minute',
    });
  });

  it.each([
    [{ precision: 'period' }, 'when.to period_without_end'],
    [{ to: '2026-11-22T09:57:00Z' }, 'when.to ends_before_it_begins'],
    [{ to: '2026-11-22T09:58:00Z' }, 'when.to ends_before_it_begins'],
    [{ from: '2026-11-22T09:58:00' }, 'when.from not_an_instant'],
    [{ from: '2020-11-09T20:00:00Z' }, 'when.from before_the_ceasefire'],
    [{ from: '2026-11-22T12:58:00Z' }, 'when.from in_the_future'],
    [{ to: '2026-11-22T12:58:00Z' }, 'when.to in_the_future'],
    [{ zone: 'Europe/Atlantis' }, 'when.zone unknown_zone'],
  ] as const)('refuses %j', (change, reason) => {
    expect(reasonOf(change)).toBe(reason);
  });

  it('does not bind external rows to ceasefire and clock', () => {
    const { when, warnings } = readWhen(
      { from: '1992-03-15T00:00:00Z', precision: 'day', zone: 'UTC' },
      'external',
    );
    expect(when).toMatchObject({
      from: '1992-03-15T00:00:00.000Z',
      to: '1992-03-16T00:00:00.000Z',
      clock: 'not_known',
    });
    expect(warnings).toEqual([]);
  });

  it.each([
    [{ from: '9999-12-31T00:00:00Z' }, 'when.from'],
    [{ from: '2200-01-01T00:00:00Z' }, 'when.from'],
    [{ from: '1899-12-31T23:59:59.999Z' }, 'when.from'],
    [{ from: '0001-01-01T00:00:00Z' }, 'when.from'],
    [{ from: '2199-12-31T00:00:00Z', to: '2200-01-01T00:00:00Z' }, 'when.to'],
  ])('refuses %j, told by an external source too', (told, field) => {
    const asked = { precision: 'day', zone: 'Asia/Baku', ...told } as const;
    const refusal = refusalOf(() => readWhen(asked, 'external'));
    expect(refusal.refused[0]).toMatchObject({ field, reason: 'year_out_of_range' });
  });

  it.each(['Asia/Baku', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC'])(
    'is of the stored form at both ends of the years that are told, in %s',
    (zone) => {
      for (const from of ['1900-01-01T00:00:00Z', '2199-12-31T23:59:59.999Z']) {
        for (const precision of ['second', 'minute', 'hour', 'day'] as const) {
          const { when } = readWhen({ from, precision, zone }, 'external');
          expect(whenSchema.parse(when)).toEqual(when);
        }
      }
    },
  );

  it('warns of what is old, and does not say it twice', () => {
    const { warnings } = read({
      from: '2026-11-20T09:00:00Z',
      to: '2026-11-20T10:00:00Z',
      precision: 'period',
    });
    expect(warnings.map(({ code, field }) => [code, field])).toEqual([['old', 'when.from']]);
  });

  it.each([
    { to: '2026-11-22T09:58:00.000Z' },
    { from: '2026-11-22T09:58:00Z' },
    { from: '2026-11-22T12:58:00.000+03:00' },
    { zone: '+03:00' },
    { zone: 'europe/moscow' },
    { clock: 'wrist' },
    { note: 'x' },
  ])('is not stored with %j', (change) => {
    expect(whenSchema.safeParse({ ...read({}).when, ...change }).success).toBe(false);
  });
});

const atTheList = { ...rules, now: Date.parse('2026-11-22T06:40:00Z') };

function verdict(from: unknown): boolean | 'warn' {
  const parsed = whenEntrySchema.safeParse({ ...entry, from });
  if (!parsed.success) return false;
  try {
    return readWhen(parsed.data, atTheList).warnings.length > 0 ? 'warn' : true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

describe('an entry that begins at a time', () => {
  it.each(ENTERED_TIMES)('gives $in the verdict $ok', ({ in: from, ok }) => {
    expect(verdict(from)).toBe(ok);
  });
});

describeShared(
  'corpora/own/times.json',
  'an entry that begins at a time of the own list',
  (list) => {
    const { cases }: { cases: { in: unknown; ok: boolean | 'warn' }[] } = JSON.parse(
      readFileSync(list, 'utf8'),
    );
    it.each(cases)('gives $in the verdict $ok', ({ in: from, ok }) => {
      expect(verdict(from)).toBe(ok);
    });
  },
);

describe("the device's clock", () => {
  it('is announced when it is more than a minute off', () => {
    expect(deviceClockWarnings(60_000)).toEqual([]);
    expect(deviceClockWarnings(-60_001)[0]?.params).toEqual({ offByMs: 60_001, side: 'behind' });
    expect(deviceClockWarnings(95_000)[0]).toMatchObject({
      code: 'device_clock_off',
      field: 'deviceOffsetMs',
    });
  });
});

describe('a zone', () => {
  it('is known by its IANA name, not by an offset, an abbreviation or another case', () => {
    expect(
      ['Europe/Moscow', 'Asia/Baku', 'Asia/Yerevan', 'Europe/Istanbul', 'UTC'].every(isZone),
    ).toBe(true);
    expect(['+04:00', 'MSK', 'europe/moscow', 'Europe/Atlantis', '', '../etc'].some(isZone)).toBe(
      false,
    );
  });

  it('gives its offset at an instant: summer time in Azerbaijan ended with 2015', () => {
    expect(offsetMinutes('Asia/Baku', Date.parse('2015-07-01T00:00:00Z'))).toBe(300);
    expect(offsetMinutes('Asia/Baku', Date.parse('2026-07-01T00:00:00Z'))).toBe(240);
    expect(offsetMinutes('Europe/Moscow', Date.parse('2026-07-01T00:00:00Z'))).toBe(180);
  });

  it('has wall times that never were and wall times that were twice', () => {
    expect(instantsOf('Europe/Berlin', Date.parse('2021-03-28T02:30:00Z'))).toEqual([]);
    expect(instantsOf('Europe/Berlin', Date.parse('2021-10-31T02:30:00Z'))).toHaveLength(2);
    expect(instantsOf('Asia/Baku', Date.parse('2026-11-22T10:40:00Z'))).toEqual([
      Date.parse('2026-11-22T06:40:00Z'),
    ]);
  });
});
