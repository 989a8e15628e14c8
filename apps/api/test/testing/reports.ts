import { randomBytes } from 'node:crypto';
import { OFFICERS, UNITS } from '@ceasewatch/domain/testing/cast';
import { newEventId } from '@ceasewatch/tlog/event-id';

/** Bodies that any node with the exercise's cast accepts at noon. */
export const FERROW = OFFICERS.ferrow.officer;
export const ASHBY = OFFICERS.ashby.officer;

export function commandId(): string {
  return newEventId(Date.now(), randomBytes(10));
}

export function content(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    kind: 'burst',
    count: { value: 12, qualifier: 'about', unit: 'burst' },
    means: ['heard'],
    when: { from: '2026-11-22T11:40:00Z', precision: 'minute', zone: 'Asia/Baku', clock: 'device' },
    where: {
      form: 'relative',
      unit: UNITS.postDogwood,
      bearing: { value: 84_000, unit: 'mdeg', north: 'true' },
      range: { min: 3000, max: 3400 },
    },
    unit: UNITS.postDogwood,
    ...more,
  };
}

/** Ten minutes ago, for a node on this machine's clock. */
export function tenMinutesAgo(): Record<string, unknown> {
  const from = new Date(Date.now() - 600_000).toISOString();
  return { from, precision: 'minute', zone: 'UTC', clock: 'device' };
}

export function report(
  more: Record<string, unknown> = {},
): Record<string, unknown> & { id: string } {
  return { id: commandId(), ...content(more) };
}

export const officer = (id: string): Record<string, string> => ({ 'Ceasewatch-Officer': id });
export const match = (revision: number): Record<string, string> => ({
  'If-Match': `"${revision}"`,
});
