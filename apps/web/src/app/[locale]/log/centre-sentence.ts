import type { LogEntry } from '@ceasewatch/api/contract/log';
import type { CentreEvent } from '@ceasewatch/domain/centre/centre.events';
import { toTheMinute } from '../../../format/date-time.ts';
import { coordinates } from '../../../format/places.ts';
import { count, distance } from '../../../format/quantities.ts';
import type { Words } from '../../../format/words.ts';
import { nameIn } from '../../../shell/use-centre.ts';
import type { Telling } from './event-sentence.ts';

/** What an event of the centre's own stream says, without its type: units, areas, officers, strength. */
type Disclosed = LogEntry['disclosed'];

export function centreRest(event: CentreEvent, disclosed: Disclosed, telling: Telling): string {
  const { words, names, locale } = telling;
  switch (event.type) {
    case 'centre.established.v1': {
      const { name, zone: own, places } = event.data;
      return words('log.sentence.established', {
        name: nameIn(name, locale),
        zone: own,
        places: places.length,
      });
    }
    case 'centre.calendar-set.v1': {
      const { cutOff, zone: own, from } = event.data;
      return words('log.sentence.calendarSet', { cutOff, zone: own, from: toTheMinute(from, own) });
    }
    case 'contingent.admitted.v1': {
      const sign = words(`log.sign.${event.data.sign}`);
      return words('log.sentence.admitted', { name: nameIn(event.data.name, locale), sign });
    }
    case 'contingent.strength-reported.v1':
      return strength(event.data, telling);
    case 'unit.opened.v1':
      return unitOpened(event.data, telling);
    case 'unit.moved.v1': {
      const { unit, position, from } = event.data;
      const to = { place: coordinates(position, words), error: distance(position.errorM, words) };
      return joinedParts([
        words('log.sentence.unitMoved', { unit: names.unit(unit), ...to }),
        since(from, telling),
      ]);
    }
    case 'unit.closed.v1': {
      const { unit, reason, from } = event.data;
      return joinedParts([
        words('log.sentence.unitClosed', { unit: names.unit(unit), reason }),
        since(from, telling),
      ]);
    }
    case 'area.defined.v1':
    case 'area.revised.v1':
      return area(event.data, telling);
    case 'officer.enrolled.v1':
      return enrolled(event.data, disclosed, telling);
    case 'officer.withdrawn.v1':
      return words('log.sentence.withdrawn', { officer: names.officer(event.data.officer) });
    default:
      return event satisfies never;
  }
}

type DataOf<Type extends CentreEvent['type']> = Extract<CentreEvent, { type: Type }>['data'];

function strength(
  data: DataOf<'contingent.strength-reported.v1'>,
  { words, names, zone }: Telling,
): string {
  const told = words('log.sentence.strength', {
    contingent: names.contingent(data.contingent),
    count: count(data.count, words),
    stage: words(`log.stage.${data.stage}`),
    asOf: toTheMinute(data.asOf, zone),
  });
  const expandable = data.expandable === true ? words('log.sentence.expandable') : '';
  const source =
    data.source === undefined ? '' : words('log.sentence.source', { source: data.source.title });
  return joinedParts([told, expandable, source]);
}

function unitOpened(data: DataOf<'unit.opened.v1'>, telling: Telling): string {
  const { words, names } = telling;
  const kind = words(`centre.unitKind.${data.kind}`);
  const told =
    data.contingent === undefined
      ? words('log.sentence.unitOpenedJoint', { name: data.name, kind })
      : words('log.sentence.unitOpened', {
          name: data.name,
          kind,
          contingent: names.contingent(data.contingent),
        });
  const at =
    data.position === undefined
      ? ''
      : words('log.sentence.at', {
          place: coordinates(data.position, words),
          error: distance(data.position.errorM, words),
        });
  return joinedParts([told, at, since(data.from, telling)]);
}

function area(data: DataOf<'area.defined.v1'>, { words, zone, locale }: Telling): string {
  // A polygon is a closed ring: its first corner stands at its end again.
  const points = data.shape === 'polygon' ? data.vertices.length - 1 : data.vertices.length;
  const kind = words(`centre.areaKind.${data.kind}`);
  const told = words('log.sentence.area', { name: nameIn(data.name, locale), kind, points });
  const from = toTheMinute(data.from, zone);
  const valid =
    data.to === undefined
      ? words('log.sentence.from', { from })
      : words('log.sentence.fromTo', { from, to: toTheMinute(data.to, zone) });
  return joinedParts([told, valid]);
}

function enrolled(
  data: DataOf<'officer.enrolled.v1'>,
  disclosed: Disclosed,
  { words, names }: Telling,
): string {
  const told = {
    name: officerName(disclosed['name'], words),
    role: words(`words.role.${data.role}`),
    contingent: names.contingent(data.contingent),
  };
  return data.unit === undefined
    ? words('log.sentence.enrolled', told)
    : words('log.sentence.enrolledUnit', { ...told, unit: names.unit(data.unit) });
}

function officerName(name: Disclosed[string] | undefined, words: Words): string {
  if (name === undefined) return words('log.sentence.nameUnknown');
  if (name.state === 'shown') return name.value;
  return name.state === 'withheld'
    ? words('log.sentence.nameWithheld')
    : words('log.sentence.nameErased');
}

function since(from: string, { words, zone }: Telling): string {
  return words('log.sentence.from', { from: toTheMinute(from, zone) });
}

function joinedParts(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}
