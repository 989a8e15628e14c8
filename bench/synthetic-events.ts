import { formatInstant } from '@ceasewatch/domain/measure/instant';
import { KINDS, MEANS } from '@ceasewatch/domain/observation/vocabulary';
import { randomOf } from '@ceasewatch/domain/testing/random';
import type { ProjectedEvent } from '../apps/api/src/read-model/projection.ts';

/**
 * A million reports that nobody made: 14 weeks, 20 units, 8 sectors, two contingents, every tenth one
 * corrected later. Only for measuring; equal on every machine and every run.
 */
export const FIRST = Date.UTC(2026, 7, 15);
export const SPAN = 98 * 86_400_000;
export const LOG = idOf(0);
/** Numbers of their ids. */
export const UNITS = { first: 100, many: 20 };
export const SECTORS = { first: 200, many: 8 };
export const OFFICERS = { first: 300, many: 30 };

export function* syntheticEvents(observations: number): Generator<ProjectedEvent, void, void> {
  const random = randomOf('bench');
  let seq = 0;
  for (let number = 1; number <= observations; number += 1) {
    const at = FIRST + Math.floor((number / observations) * SPAN);
    yield event(seq++, number, 0, at, contentOf(number, at, random));
    if (number % 10 === 0) {
      const corrected = number - 5;
      const content = { ...contentOf(corrected, at, random), corrects: 1, reason: 'count_refined' };
      yield event(seq++, corrected, 1, at + 1, content);
    }
  }
}

type Random = ReturnType<typeof randomOf>;

function contentOf(number: number, at: number, random: Random): Record<string, unknown> {
  const began = at - random.whole(0, 40) * 60_000 - (random.chance(0.05) ? 8 * 3_600_000 : 0);
  const sector = random.whole(0, SECTORS.many - 1);
  const { west, east, south, north } = stripOf(sector);
  const [lat, lon] = [random.whole(south + 1, north - 1), random.whole(west + 1, east - 1)];
  return {
    kind: KINDS[random.whole(0, 19)],
    count: { qualifier: 'about', unit: 'burst', value: random.whole(1, 40) },
    means: [MEANS[random.whole(0, 4)]],
    origin: 'unit',
    unit: idOf(UNITS.first + 2 * random.whole(0, UNITS.many / 2 - 1) + (number % 2)),
    via: 'form',
    watch: null,
    when: {
      clock: 'device',
      from: formatInstant(began),
      precision: 'minute',
      to: formatInstant(began + 60_000),
      zone: 'Europe/Moscow',
    },
    where: {
      errorM: 100,
      form: 'point',
      lat,
      lon,
      resolved: {
        errorM: 100,
        lat,
        lon,
        method: 'point.1',
        sector: idOf(SECTORS.first + sector),
      },
    },
    ...(random.chance(0.01)
      ? {
          casualties: [
            {
              count: { qualifier: 'exact', unit: 'person', value: 1 },
              outcome: 'injured',
              person: 'military',
            },
          ],
        }
      : {}),
    ...(number % 3 === 0 ? { weapon: { category: 'small_arms', confidence: 'moderate' } } : {}),
  };
}

function event(
  seq: number,
  number: number,
  revision: number,
  at: number,
  data: Record<string, unknown>,
): ProjectedEvent {
  const corrected = revision > 0;
  return {
    seq,
    envelope: {
      specversion: '1.0',
      id: corrected ? idOf(20_000_000 + number) : idOf(1_000_000 + number),
      source: `urn:ceasewatch:${LOG}`,
      type: corrected ? 'observation.corrected.v1' : 'observation.recorded.v1',
      subject: `observation/${idOf(1_000_000 + number)}`,
      revision,
      time: formatInstant(at),
      officer: idOf(OFFICERS.first + (number % OFFICERS.many)),
      contingent: contingentOf(number),
      role: 'operator',
      authn: 'chosen',
      data,
    },
    disclosed: {
      narrative: {
        state: 'shown',
        value: `Bursts ${number % 997} from the direction of the mill, then silence.`,
        digest: `d${seq}`,
      },
    },
  };
}

/** Sectors lie side by side from west to east, in 1e-6 degrees. */
export function stripOf(sector: number) {
  const west = 46_300_000 + sector * 125_000;
  return { west, east: west + 125_000, south: 39_500_000, north: 40_500_000 };
}

/** Of a report, and of an officer or unit with that number among its own. */
export function contingentOf(number: number): string {
  return number % 2 === 0 ? 'alfa' : 'bravo';
}

/** The nth id of the world. */
export function idOf(n: number): string {
  return `019aa9c0-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}
