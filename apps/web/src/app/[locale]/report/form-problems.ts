import type { Refused } from '@ceasewatch/domain/refusal';
import type { ApiProblem } from '../../../api/api-problem.ts';
import type { Words } from '../../../format/words.ts';
import { EMPTY_FIELDS, type FieldName, type ReportFields } from './report-fields.ts';
import { TOKEN_PROBLEMS, type TokenProblem } from './quick-line.ts';

/** Every problem at the field it is about, whoever found it: the line, the form, the rules, the node. */
export type FieldProblems = Partial<Record<FieldName, string>>;

/** @param all also what is merely missing, which is not said before somebody wants to send */
export function problemsByField(
  problems: readonly Refused[],
  refused: ApiProblem | null,
  place: ReportFields['place'],
  all: boolean,
  words: Words,
): FieldProblems {
  const found: FieldProblems = {};
  for (const { field, reason, message } of [...problems, ...(refused?.problem?.errors ?? [])]) {
    if (reason === 'missing' && !all) continue;
    const name = formField(field ?? '', place);
    if (name !== undefined) found[name] ??= textOf(name, reason, message, words);
  }
  return found;
}

/** The form's field for a path of the report: `where.bearing.value` is the bearing. */
export function formField(path: string, place: ReportFields['place']): FieldName | undefined {
  const [first = '', second = ''] = path.split('.');
  if (first === 'where') return fieldOfPlace(second, place);
  if (first === 'when') return second === 'to' ? 'timeEnd' : 'time';
  if (first === 'casualties') return 'casualties';
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

function textOf(field: FieldName, reason: string, message: string, words: Words): string {
  if (reason === 'missing') return words(`report.missing.${isMissable(field) ? field : 'other'}`);
  if (isTokenProblem(reason)) return words(`report.token.${reason}`, { text: message });
  return message;
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

function isTokenProblem(reason: string): reason is TokenProblem {
  return (TOKEN_PROBLEMS as readonly string[]).includes(reason);
}

function isField(name: string): name is FieldName {
  return Object.hasOwn(EMPTY_FIELDS, name);
}
