import type { Count } from '@ceasewatch/domain/measure/count';
import type { ReportContent } from '@ceasewatch/domain/observation/observation.report';
import { Refusal } from '@ceasewatch/domain/refusal';
import type { TimeRules } from '../../../format/entered-minute.ts';
import { type PlaceRules, readPlaceFields } from './entered-place.ts';
import { readTime } from './entered-time.ts';
import { codeOfKind } from './kind-codes.ts';
import { FormFault } from './form-fault.ts';
import type { ReportProblem } from './form-problems.ts';
import type { CasualtyField, ReportFields } from './report-fields.ts';

/** From what stands in the form to the content of a report, with everything that is still wrong. */
export interface BuiltReport {
  /** Null while something is missing or wrong. */
  readonly content: ReportContent | null;
  /** What could be read so far: a place and a time are shown before the report is whole. */
  readonly part: Partial<ReportContent>;
  readonly problems: readonly ReportProblem[];
}

/** @param kept parts of an earlier version that nobody touched; they are not read from the fields at all */
export function buildContent(
  fields: ReportFields,
  rules: TimeRules & PlaceRules,
  asEntered: string,
  kept: Partial<ReportContent> = {},
): BuiltReport {
  const problems: ReportProblem[] = [];
  const attempt = <Value>(read: () => Value): Value | undefined => {
    try {
      return read();
    } catch (error) {
      if (error instanceof FormFault) problems.push(error.fault);
      else if (error instanceof Refusal) problems.push(...error.refused);
      else throw error;
      return undefined;
    }
  };
  const kind = kept.kind ?? attempt(() => kindOf(fields));
  const count = kept.count ?? attempt(() => countOf(fields));
  const means = kept.means ?? attempt(() => meansOf(fields));
  const when = kept.when ?? attempt(() => readTime(fields, rules));
  const where = kept.where ?? attempt(() => readPlaceFields(fields, rules));
  const casualties = kept.casualties ?? attempt(() => fields.casualties.map(casualtyOf));
  const told = {
    unit: rules.unit,
    via: 'form' as const,
    ...(count === undefined || count === null ? {} : { count }),
    ...(fields.explosion === null ? {} : { explosion: fields.explosion }),
    ...(fields.weapon === null ? {} : { weapon: { category: fields.weapon } }),
    ...(fields.restriction === null ? {} : { restriction: { kind: fields.restriction } }),
    ...(casualties === undefined || casualties.length === 0 ? {} : { casualties }),
    ...(fields.confidence === null ? {} : { confidence: fields.confidence }),
    ...(fields.narrative.trim() === '' ? {} : { narrative: fields.narrative.trim() }),
    ...(asEntered.trim() === '' ? {} : { asEntered: asEntered.trim() }),
    ...kept,
    ...directionOf(fields, kept.direction),
  };
  const part = { ...told, ...defined({ kind, means, when, where }) };
  if (
    kind === undefined ||
    means === undefined ||
    when === undefined ||
    where === undefined ||
    problems.length > 0
  ) {
    return { content: null, part, problems };
  }
  return { content: { ...told, kind, means, when, where }, part, problems };
}

function kindOf({ kind }: ReportFields) {
  if (kind === null) throw new FormFault('kind', 'missing');
  return kind;
}

function meansOf({ means }: ReportFields): ReportContent['means'] {
  if (means.length === 0) throw new FormFault('means', 'missing');
  return [...new Set(means)];
}

/** Null when nobody asked how many. */
function countOf(fields: ReportFields): Count | null {
  if (fields.countHow === 'not_asked') return null;
  if (fields.countHow === 'not_known') return { unknown: 'not_known' };
  if (fields.count.trim() === '') {
    // Who was harmed is counted there, by outcome and person; nobody is asked a second time.
    if (fields.kind === 'casualty' && fields.casualties.length > 0) return null;
    throw new FormFault('count', 'missing');
  }
  const value = wholeNumber(fields.count, 'count');
  if (value === 0) {
    throw new FormFault('count', 'zero');
  }
  const unit =
    fields.countUnit ??
    (fields.kind === null ? undefined : codeOfKind(fields.kind)?.unit) ??
    'occurrence';
  return {
    value,
    qualifier: fields.countHow,
    unit,
    ...(fields.countLow === '' ? {} : { low: wholeNumber(fields.countLow, 'countLow') }),
    ...(fields.countHigh === '' ? {} : { high: wholeNumber(fields.countHigh, 'countHigh') }),
  };
}

/** The form knows a movement's direction; bearings that an earlier version had stay beside it. */
function directionOf(
  { movement }: ReportFields,
  kept: ReportContent['direction'],
): Pick<ReportContent, 'direction'> {
  if (movement === null) return kept === undefined ? {} : { direction: kept };
  return { direction: { ...kept, movement } };
}

function casualtyOf({ outcome, person, count }: CasualtyField) {
  const match = /^(~)?(\d{1,6})(\+)?$/.exec(count.trim());
  if (match === null) {
    if (count.trim() !== '?') throw new FormFault('casualties', 'missing');
    return { outcome, person, count: { unknown: 'not_known' as const } };
  }
  const qualifier =
    match[1] === undefined ? (match[3] === undefined ? 'exact' : 'at_least') : 'about';
  return {
    outcome,
    person,
    count: { value: Number(match[2]), qualifier, unit: 'person' },
  } as const;
}

function wholeNumber(text: string, field: 'count' | 'countLow' | 'countHigh'): number {
  if (!/^\d{1,9}$/.test(text.trim())) {
    throw new FormFault(field, 'not_a_number');
  }
  return Number(text);
}

/** The entries that have a value. */
function defined<Shape extends object>(
  shape: Shape,
): { [Name in keyof Shape]?: NonNullable<Shape[Name]> } {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Shape]?: NonNullable<Shape[Name]>;
  };
}
