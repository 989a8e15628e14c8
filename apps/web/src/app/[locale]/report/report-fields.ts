import type { AngleUnit, North } from '@ceasewatch/domain/measure/angle';
import type { CountUnit, Qualifier } from '@ceasewatch/domain/measure/count-words';
import type {
  Confidence,
  ExplosionClass,
  Kind,
  Means,
  RestrictionKind,
  WeaponCategory,
} from '@ceasewatch/domain/observation/vocabulary';

/**
 * What stands in the form: every value as it was typed, none of it judged yet. The quick line fills
 * the same fields, so line and fields are two ways to say one thing.
 */
export interface ReportFields {
  readonly kind: Kind | null;
  readonly countHow: Qualifier | 'not_known' | 'not_asked';
  readonly count: string;
  readonly countLow: string;
  readonly countHigh: string;
  readonly countUnit: CountUnit | null;
  /** `1358`, `1358C`, `221358C NOV 26`; empty is the present minute. */
  readonly time: string;
  /** The end of a period, written like `time`. */
  readonly timeEnd: string;
  /** ± minutes around `time`. */
  readonly timeError: string;
  readonly clock: 'device' | 'gps' | 'post' | 'not_known';
  readonly place: 'relative' | 'point' | 'mgrs' | 'line' | 'area' | 'unknown';
  /** A number in `bearingUnit`, or a compass word. */
  readonly bearing: string;
  readonly bearingUnit: AngleUnit;
  readonly north: North;
  /** Metres, or kilometres with a k: `3200`, `3.2k`, `3000-3400`; `?` for not known. */
  readonly range: string;
  /** Seconds between flash and bang; the range is derived from them. */
  readonly flashToBang: string;
  /** Degrees Celsius, for the speed of sound. */
  readonly temperature: string;
  /** `40.02346, 46.93012`. */
  readonly latLon: string;
  readonly datum: 'wgs84' | 'sk42';
  readonly mgrs: string;
  /** Metres around a point. */
  readonly errorM: string;
  readonly line: string | null;
  /** `64.5-67k` along the line; empty is the whole line. */
  readonly stretch: string;
  readonly area: string | null;
  readonly means: readonly Means[];
  readonly confidence: Confidence | null;
  readonly weapon: WeaponCategory | null;
  readonly explosion: ExplosionClass | null;
  readonly restriction: RestrictionKind | null;
  readonly casualties: readonly CasualtyField[];
  readonly movement: 'departing' | 'returning' | 'not_known' | null;
  readonly narrative: string;
  /** The observing unit; null is the one that the officer reports from. */
  readonly unit: string | null;
}

export interface CasualtyField {
  readonly outcome: 'killed' | 'injured' | 'missing';
  readonly person: 'civilian' | 'military' | 'not_known';
  /** `2`, `~2`, `2+`, `?`. */
  readonly count: string;
}

export type FieldName = keyof ReportFields;

export const EMPTY_FIELDS: ReportFields = {
  kind: null,
  countHow: 'exact',
  count: '',
  countLow: '',
  countHigh: '',
  countUnit: null,
  time: '',
  timeEnd: '',
  timeError: '',
  clock: 'not_known',
  place: 'relative',
  bearing: '',
  bearingUnit: 'mdeg',
  north: 'true',
  range: '',
  flashToBang: '',
  temperature: '15',
  latLon: '',
  datum: 'wgs84',
  mgrs: '',
  errorM: '',
  line: null,
  stretch: '',
  area: null,
  means: [],
  confidence: null,
  weapon: null,
  explosion: null,
  restriction: null,
  casualties: [],
  movement: null,
  narrative: '',
  unit: null,
};

export type Edits = Partial<ReportFields>;

/** Line below, edits above: what was said last about a field holds. */
export function fieldsOf(fromLine: Edits, edits: Edits): ReportFields {
  return { ...EMPTY_FIELDS, ...fromLine, ...edits };
}

/** When the line says something else about a field than before, it takes that field back. */
export function editsAfterLine(edits: Edits, before: Edits, after: Edits): Edits {
  const kept = Object.entries(edits).filter(([name]) =>
    sameText(Reflect.get(before, name), Reflect.get(after, name)),
  );
  return Object.fromEntries(kept);
}

function sameText(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
