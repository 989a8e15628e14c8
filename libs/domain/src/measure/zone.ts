/**
 * Time zones by their IANA names. Offsets come from the engine's time zone data through Intl with a
 * fixed locale and calendar, so they are a pure function of zone and instant.
 */
import { DAY_MS, dayStart, HOUR_MS, MINUTE_MS } from './instant.ts';

/** A name, not an offset and not an abbreviation: `Europe/Moscow`, `Asia/Baku`, `UTC`. */
export const ZONE_NAME = /^(?:UTC|[A-Z][A-Za-z_]+(?:\/[A-Z][A-Za-z0-9_+-]*){1,2})$/;

/** Making a formatter costs more than a thousand uses of it; what it answers never changes. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** True when this engine knows the zone, spelled as IANA spells it. */
export function isZone(zone: string): boolean {
  return ZONE_NAME.test(zone) && formatterOf(zone) !== undefined;
}

/**
 * Minutes that the zone's clocks are ahead of UTC at an instant.
 *
 * @throws RangeError for a zone that `isZone` does not know
 */
export function offsetMinutes(zone: string, ms: number): number {
  if (zone === 'UTC') return 0;
  const hour = Math.floor(ms / HOUR_MS);
  const known = hours.get(zone)?.get(hour);
  if (known !== undefined) return known;
  const offset = askedOffset(zone, ms);
  // No zone goes there and back within an hour: what its ends agree on holds in all of it.
  const ends = [hour, hour + 1].map((end) => askedOffset(zone, end * HOUR_MS));
  if (ends.every((end) => end === offset)) remember(zone, hour, offset);
  return offset;
}

/** Offsets of whole hours in which nothing changes: a screen shows a few hours hundreds of times. */
const hours = new Map<string, Map<number, number>>();
const MOST_HOURS = 10_000;

function remember(zone: string, hour: number, offset: number): void {
  const known = hours.get(zone) ?? new Map<number, number>();
  if (known.size >= MOST_HOURS) known.clear();
  known.set(hour, offset);
  hours.set(zone, known);
}

function askedOffset(zone: string, ms: number): number {
  const formatter = formatterOf(zone);
  if (formatter === undefined) throw new RangeError(`unknown time zone ${zone}`);
  const fields = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of formatter.formatToParts(ms)) {
    if (isField(fields, type)) fields[type] = Number(value);
  }
  const wall = dayStart(fields.year, fields.month, fields.day);
  const seconds = (fields.hour * 60 + fields.minute) * 60 + fields.second;
  return (wall + seconds * 1000 - Math.floor(ms / 1000) * 1000) / MINUTE_MS;
}

/** An instant as the zone's clocks show it: the wall time counted as if it were UTC. */
export function wallOf(zone: string, ms: number): number {
  return ms + offsetMinutes(zone, ms) * MINUTE_MS;
}

/**
 * The instants at which the zone's clocks show a wall time (counted as if it were UTC), in order: one,
 * none when the clocks jump over it, two when they pass it twice.
 */
export function instantsOf(zone: string, wall: number): readonly number[] {
  if (zone === 'UTC') return [wall];
  const offsets = new Set(
    [wall - DAY_MS, wall, wall + DAY_MS].map((around) => offsetMinutes(zone, around)),
  );
  return [...offsets]
    .map((offset) => wall - offset * MINUTE_MS)
    .filter((ms) => wallOf(zone, ms) === wall)
    .sort((one, other) => one - other);
}

/** The first instant at which the zone's clocks show a wall time or, where they jump over it, a later one. */
export function firstInstantOf(zone: string, wall: number): number {
  const [first] = instantsOf(zone, wall);
  return first ?? wall - offsetMinutes(zone, wall - DAY_MS) * MINUTE_MS;
}

function formatterOf(zone: string): Intl.DateTimeFormat | undefined {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  try {
    const made = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, made);
    return made;
  } catch (error) {
    // The engine says so with a RangeError; anything else is not about the zone.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function isField<Fields extends object>(
  fields: Fields,
  type: string,
): type is Extract<keyof Fields, string> {
  return Object.hasOwn(fields, type);
}
