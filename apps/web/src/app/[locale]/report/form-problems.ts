import type { Problem } from '@ceasewatch/api/contract/problem';
import type { Refused } from '@ceasewatch/domain/refusal';
import { type Coded, refusalText } from '../../../format/codes.ts';
import type { Words } from '../../../format/words.ts';
import type { Fault } from './form-fault.ts';
import { EMPTY_FIELDS, type FieldName, type ReportFields } from './report-fields.ts';
import { TOKEN_PROBLEMS, type TokenProblem } from './quick-line.ts';

/** What is wrong with the report: a field that the form cannot read, or what the rules refuse. */
export type ReportProblem = Fault | Refused;

/** Every problem at the field it is about, whoever found it: the line, the form, the rules, the node. */
export interface ShownProblems {
  readonly fields: FieldProblems;
  /** What the node refused without a field of this form. */
  readonly elsewhere: readonly string[];
}
export type FieldProblems = Partial<Record<FieldName, string>>;

type NodeErrors = NonNullable<Problem['errors']>;

/** @param all also what is merely missing, which is not said before somebody wants to send */
export function shownProblems(
  problems: readonly ReportProblem[],
  refused: NodeErrors,
  { place, all, zone }: { place: ReportFields['place']; all: boolean; zone: string },
  words: Words,
): ShownProblems {
  const fields: FieldProblems = {};
  const elsewhere: string[] = [];
  for (const problem of problems) {
    if ('fault' in problem) {
      if (problem.fault !== 'missing' || all) fields[problem.field] ??= faultText(problem, words);
      continue;
    }
    const name = formField(problem.field ?? '', place);
    if (name !== undefined) fields[name] ??= refusalText(problem, zone, words);
    else elsewhere.push(refusalText(problem, zone, words));
  }
  for (const error of refused) {
    const text = refusalText(error satisfies Coded, zone, words);
    const name = formField(error.field ?? '', place);
    if (name === undefined) elsewhere.push(text);
    else fields[name] ??= text;
  }
  return { fields, elsewhere };
}

/** The form's field for a path of the report: `where.bearing.value` is the bearing. */
export function formField(path: string, place: ReportFields['place']): FieldName | undefined {
  const [first = '', second = ''] = path.replace(/^content\./, '').split('.');
  if (first === 'where') return fieldOfPlace(second, place);
  if (first === 'when') return second === 'to' ? 'timeEnd' : 'time';
  if (first === 'direction') return 'movement';
  return isField(first) ? first : undefined;
}

function fieldOfPlace(part: string, place: ReportFields['place']): FieldName {
  if (part === 'range') return 'range';
  if (part === 'toM' || part === 'fromM') return 'stretch';
  if (part === 'unit') return 'unit';
  if (part === 'errorM') return 'errorM';
  const main = {
    relative: 'bearing',
    point: 'latLon',
    mgrs: 'mgrs',
    line: 'line',
    area: 'area',
    unknown: 'place',
  } as const;
  return main[place];
}

function faultText({ field, fault, text = '' }: Fault, words: Words): string {
  if (fault === 'missing') return words(`report.missing.${isMissable(field) ? field : 'other'}`);
  if (isTokenProblem(fault)) return words(`report.token.${fault}`, { text });
  return words(`report.fault.${fault}`);
}

const MISSABLE = [
  'kind',
  'means',
  'count',
  'bearing',
  'latLon',
  'line',
  'area',
  'stretch',
  'casualties',
] as const;

function isMissable(field: FieldName): field is (typeof MISSABLE)[number] {
  return (MISSABLE as readonly string[]).includes(field);
}

function isTokenProblem(reason: Fault['fault']): reason is TokenProblem {
  return (TOKEN_PROBLEMS as readonly string[]).includes(reason);
}

function isField(name: string): name is FieldName {
  return Object.hasOwn(EMPTY_FIELDS, name);
}
