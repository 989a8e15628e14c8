import type { ObservationDetail } from '@ceasewatch/api/contract/observation';
import { compassArc } from '@ceasewatch/domain/measure/bearing';
import { formatDtg, letterOf } from '@ceasewatch/domain/measure/clock-entry';
import { MINUTE_MS, millisOf } from '@ceasewatch/domain/measure/instant';
import { offsetMinutes } from '@ceasewatch/domain/measure/zone';
import type { WhereEntry } from '@ceasewatch/domain/measure/where-entry';
import type { ObservationContent } from '@ceasewatch/domain/observation/observation.events';
import type { ReportContent } from '@ceasewatch/domain/observation/observation.report';
import { sameValue } from '@ceasewatch/domain/same-value';
import { shownIn } from './shown-text.ts';
import type { CasualtyField, Edits, FieldName } from './report-fields.ts';

/**
 * A correction is the whole new content. The form begins with the old one; what nobody touches is sent
 * exactly as it was recorded (seconds, declination of that day, calibre), not as the form would have
 * written it. The line that was typed for the old version stays there: it is nobody's words for this one.
 */
export interface Correction {
  readonly observation: string;
  readonly number: number;
  /** The version that is replaced, and the revision that was looked at. */
  readonly version: number;
  readonly revision: number;
  readonly before: ObservationContent;
  readonly content: ReportContent;
  readonly fields: Edits;
}

/** Undefined when there is nothing that could be corrected. */
export function correctionOf(detail: ObservationDetail): Correction | undefined {
  const latest = detail.versions.at(-1);
  if (latest === undefined || latest.row.status === 'retracted') return undefined;
  const { row } = latest;
  const narrative = shownIn(latest.narrative);
  const content: ReportContent = {
    kind: row.kind,
    means: [...row.means],
    when: row.when,
    where: entryOf(row.where),
    unit: row.unit,
    origin: row.origin,
    ...(row.count === undefined ? {} : { count: row.count }),
    ...(row.explosion === undefined ? {} : { explosion: row.explosion }),
    ...(row.weapon === undefined ? {} : { weapon: row.weapon }),
    ...(row.direction === undefined ? {} : { direction: row.direction }),
    ...(row.casualties === undefined ? {} : { casualties: row.casualties }),
    ...(row.restriction === undefined ? {} : { restriction: row.restriction }),
    ...(row.confidence === undefined ? {} : { confidence: row.confidence }),
    ...(row.via === undefined ? {} : { via: row.via }),
    ...(row.reportedAt === undefined ? {} : { reportedAt: row.reportedAt }),
    ...(row.deviceOffsetMs === undefined ? {} : { deviceOffsetMs: row.deviceOffsetMs }),
    ...(narrative === undefined ? {} : { narrative }),
  };
  return {
    observation: detail.id,
    number: detail.number,
    version: row.version,
    revision: row.revision,
    before: row,
    content,
    fields: fieldsFrom(row, narrative),
  };
}

/** Which fields of the form stand for a part of the content. */
const PARTS: Readonly<Partial<Record<keyof ReportContent, readonly FieldName[]>>> = {
  kind: ['kind'],
  count: ['count', 'countHow', 'countUnit', 'countLow', 'countHigh'],
  means: ['means'],
  when: ['time', 'timeEnd', 'timeError', 'clock'],
  where: [
    'place',
    'bearing',
    'bearingUnit',
    'north',
    'range',
    'flashToBang',
    'temperature',
    'latLon',
    'datum',
    'mgrs',
    'errorM',
    'line',
    'stretch',
    'area',
  ],
  unit: ['unit'],
  explosion: ['explosion'],
  weapon: ['weapon'],
  casualties: ['casualties'],
  restriction: ['restriction'],
  confidence: ['confidence'],
  narrative: ['narrative'],
};

/** The parts of the content whose fields nobody touched: they go out as they were. */
export function untouched(
  content: ReportContent,
  touched: ReadonlySet<FieldName>,
): Partial<ReportContent> {
  const kept = Object.entries(content).filter(([part]) => {
    const names = Object.hasOwn(PARTS, part) ? PARTS[part as keyof ReportContent] : undefined;
    return names === undefined || !names.some((name) => touched.has(name));
  });
  return Object.fromEntries(kept);
}

/** The stored place as a client sends it: degrees instead of 1e-6 degrees, and nothing resolved. */
function entryOf(where: ObservationContent['where']): WhereEntry {
  switch (where.form) {
    case 'point': {
      if (where.mgrs !== undefined) return { form: 'mgrs', mgrs: where.mgrs, errorM: where.errorM };
      const { lat, lon, errorM, altM, datum } = where;
      return {
        form: 'point',
        lat: lat / 1e6,
        lon: lon / 1e6,
        errorM,
        ...(altM === undefined ? {} : { alt: altM }),
        ...(datum === undefined ? {} : { datum }),
      };
    }
    case 'relative': {
      const { resolved: _, ...told } = where;
      return told;
    }
    case 'line':
    case 'area': {
      const { resolved: _, near, ...told } = where;
      if (near === undefined) return told;
      return { ...told, near: { lat: near.lat / 1e6, lon: near.lon / 1e6, errorM: near.errorM } };
    }
    case 'unknown':
      return where;
    default:
      return where satisfies never;
  }
}

function fieldsFrom(content: ObservationContent, narrative: string | undefined): Edits {
  return {
    kind: content.kind,
    ...countFields(content.count),
    means: content.means,
    confidence: content.confidence ?? null,
    ...timeFields(content.when),
    ...placeFields(content.where),
    unit: content.unit,
    explosion: content.explosion ?? null,
    weapon: content.weapon?.category ?? null,
    restriction: content.restriction?.kind ?? null,
    movement: content.direction?.movement ?? null,
    casualties: (content.casualties ?? []).map(casualtyField),
    narrative: narrative ?? '',
  };
}

/** Shown as date-time groups; seconds stay in what is kept while the time is not touched. */
function timeFields({ from, to, precision, zone, clock }: ObservationContent['when']): Edits {
  const known = CLOCKS.find((each) => each === clock) ?? 'not_known';
  const begins = millisOf(from);
  const letter = letterOf(offsetMinutes(zone, begins)) ?? 'Z';
  const time = formatDtg(begins, letter);
  if (precision !== 'period') return { time, clock: known };
  return { time, timeEnd: formatDtg(millisOf(to) - MINUTE_MS, letter), clock: known };
}

const CLOCKS = ['device', 'gps', 'post', 'not_known'] as const;

function countFields(count: ObservationContent['count']): Edits {
  if (count === undefined) return { countHow: 'not_asked' };
  if ('unknown' in count) return { countHow: 'not_known' };
  return {
    countHow: count.qualifier,
    count: count.value.toString(),
    countUnit: count.unit,
    countLow: count.low?.toString() ?? '',
    countHigh: count.high?.toString() ?? '',
  };
}

function placeFields(where: ObservationContent['where']): Edits {
  switch (where.form) {
    case 'point':
      if (where.mgrs !== undefined)
        return { place: 'mgrs', mgrs: where.mgrs, errorM: where.errorM.toString() };
      return {
        place: 'point',
        latLon: `${where.lat / 1e6}, ${where.lon / 1e6}`,
        errorM: where.errorM.toString(),
        datum: where.datum ?? 'wgs84',
      };
    case 'relative': {
      const range = 'unknown' in where.range ? '?' : `${where.range.min}-${where.range.max}`;
      const { bearing, sector } = where;
      if (bearing === undefined) return { place: 'relative', bearing: compassWord(sector), range };
      const value = bearing.unit === 'mdeg' ? bearing.value / 1000 : bearing.value;
      return {
        place: 'relative',
        bearing: value.toString(),
        bearingUnit: bearing.unit,
        north: bearing.north,
        range,
      };
    }
    case 'line': {
      const { fromM, toM } = where;
      return {
        place: 'line',
        line: where.line ?? null,
        stretch: fromM === undefined || toM === undefined ? '' : `${fromM}-${toM}`,
      };
    }
    case 'area':
      return { place: 'area', area: where.area ?? null };
    case 'unknown':
      return { place: 'unknown' };
    default:
      return where satisfies never;
  }
}

const ROSE = 'N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW'.split(' ');

/** The compass word that told this arc; an arc that no word tells is entered anew if it is changed. */
function compassWord(sector: unknown): string {
  return ROSE.find((word) => sameValue(compassArc(word), sector)) ?? '';
}

function casualtyField({
  outcome,
  person,
  count,
}: NonNullable<ObservationContent['casualties']>[number]): CasualtyField {
  if ('unknown' in count) return { outcome, person, count: '?' };
  const marks = { exact: ['', ''], about: ['~', ''], at_least: ['', '+'] } as const;
  const [before, after] = marks[count.qualifier];
  return { outcome, person, count: `${before}${count.value}${after}` };
}
