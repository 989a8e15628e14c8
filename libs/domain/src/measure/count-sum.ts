import type { Count } from './count.ts';
import {
  type CountUnit,
  isKnown,
  type Qualifier,
  QUALIFIERS,
  UNKNOWN_REASONS,
  type UnknownReason,
  weakest,
} from './count-words.ts';

/**
 * Sums of counts that can be undone by subtraction: what was added can be taken away again in any
 * order, so a figure can follow corrections, filters and expiring windows. They keep, per unit and per
 * qualifier, how much and from how many reports; the qualifier of the whole follows from what is left.
 */
export interface Tally {
  /** How many reports told a number. */
  readonly reports: number;
  readonly value: number;
  /** Sums of the bounds; a report without a bound counts with its value. */
  readonly low: number;
  readonly high: number;
}

/** Empty tallies are left out, so two sums of the same reports are deeply equal. */
export interface CountSum {
  readonly known: Readonly<Partial<Record<CountUnit, Readonly<Partial<Record<Qualifier, Tally>>>>>>;
  /** Reports that told no number; they have no unit. */
  readonly unknown: Readonly<Partial<Record<UnknownReason, number>>>;
}

/** One unit's total, ready to be worded: `about 200 bursts, from 2 reports`. */
export interface Total extends Tally {
  readonly unit: CountUnit;
  readonly qualifier: Qualifier;
  /** True when some report said "at least": `high` is then no upper end. */
  readonly open: boolean;
}

/** What a sum says as a whole. Several units stay several totals: nothing is added over them. */
export interface Whole {
  readonly totals: readonly Total[];
  readonly mixed: boolean;
  readonly reports: number;
  /** Reports without a number; to be told beside the total, which is at least that much then. */
  readonly unknownReports: number;
}

export const NOTHING_COUNTED: CountSum = { known: {}, unknown: {} };

export function plusCount(sum: CountSum, count: Count): CountSum {
  return combine(sum, sumOf(count), 1);
}

export function minusCount(sum: CountSum, count: Count): CountSum {
  return combine(sum, sumOf(count), -1);
}

export function plusSum(sum: CountSum, other: CountSum): CountSum {
  return combine(sum, other, 1);
}

export function minusSum(sum: CountSum, other: CountSum): CountSum {
  return combine(sum, other, -1);
}

/** The totals per unit, most reported first, and what could not be counted. */
export function wholeOf(sum: CountSum): Whole {
  const totals = Object.keys(sum.known)
    .filter(isUnit(sum))
    .map((unit) => totalOf(unit, sum.known[unit] ?? {}))
    .sort((one, other) => other.reports - one.reports || (one.unit < other.unit ? -1 : 1));
  const unknownReports = UNKNOWN_REASONS.reduce(
    (all, reason) => all + (sum.unknown[reason] ?? 0),
    0,
  );
  const reports = totals.reduce((all, total) => all + total.reports, unknownReports);
  return { totals, mixed: totals.length > 1, reports, unknownReports };
}

/**
 * What may be printed as one figure: the single unit's value with its weakest qualifier. Undefined when
 * nothing was counted or units are mixed. A report without a number turns the figure into "at least".
 */
export function figureOf(
  whole: Whole,
): { value: number; qualifier: Qualifier; unit: CountUnit } | undefined {
  const [total] = whole.totals;
  if (total === undefined || whole.mixed) return undefined;
  const qualifier = whole.unknownReports > 0 ? 'at_least' : total.qualifier;
  return { value: total.value, qualifier, unit: total.unit };
}

function sumOf(count: Count): CountSum {
  if (!isKnown(count)) return { known: {}, unknown: { [count.unknown]: 1 } };
  const { value, low = value, high = value } = count;
  return {
    known: { [count.unit]: { [count.qualifier]: { reports: 1, value, low, high } } },
    unknown: {},
  };
}

function combine(sum: CountSum, other: CountSum, sign: 1 | -1): CountSum {
  const known: Partial<Record<CountUnit, Partial<Record<Qualifier, Tally>>>> = { ...sum.known };
  for (const unit of Object.keys(other.known).filter(isUnit(other))) {
    const tallies = combineTallies(sum.known[unit] ?? {}, other.known[unit] ?? {}, sign);
    if (Object.keys(tallies).length > 0) known[unit] = tallies;
    else delete known[unit];
  }
  const unknown: Partial<Record<UnknownReason, number>> = { ...sum.unknown };
  for (const reason of UNKNOWN_REASONS) {
    const reports = (sum.unknown[reason] ?? 0) + sign * (other.unknown[reason] ?? 0);
    if (reports !== 0) unknown[reason] = reports;
    else delete unknown[reason];
  }
  return { known, unknown };
}

type Tallies = Readonly<Partial<Record<Qualifier, Tally>>>;

function combineTallies(one: Tallies, other: Tallies, sign: 1 | -1): Tallies {
  const combined: Partial<Record<Qualifier, Tally>> = {};
  for (const qualifier of QUALIFIERS) {
    const tally = addTallies(one[qualifier] ?? NO_TALLY, other[qualifier] ?? NO_TALLY, sign);
    if (tally.reports !== 0) combined[qualifier] = tally;
  }
  return combined;
}

const NO_TALLY: Tally = { reports: 0, value: 0, low: 0, high: 0 };

function addTallies(one: Tally, other: Tally, sign: 1 | -1): Tally {
  return {
    reports: one.reports + sign * other.reports,
    value: one.value + sign * other.value,
    low: one.low + sign * other.low,
    high: one.high + sign * other.high,
  };
}

function totalOf(unit: CountUnit, tallies: Tallies): Total {
  let total = NO_TALLY;
  let qualifier: Qualifier = 'exact';
  for (const each of QUALIFIERS) {
    const tally = tallies[each];
    if (tally === undefined) continue;
    total = addTallies(total, tally, 1);
    qualifier = weakest(qualifier, each);
  }
  return { ...total, unit, qualifier, open: tallies.at_least !== undefined };
}

/** Object.keys forgets the type of its keys; a sum's own keys are units. */
function isUnit(sum: CountSum): (key: string) => key is CountUnit {
  return (key): key is CountUnit => Object.hasOwn(sum.known, key);
}
