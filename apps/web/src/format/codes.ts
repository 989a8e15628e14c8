import type { Kind } from '@ceasewatch/domain/observation/vocabulary';
import {
  PARAMETERS,
  type ParameterName,
  type Params,
  type Reason,
  REASONS,
  type WarningCode,
  WARNINGS,
} from '@ceasewatch/domain/reasons';
import type { ApiProblem } from '../api/api-problem.ts';
import { dtg, millis } from './instants.ts';
import { whole } from './numbers.ts';
import { distance, roughAge } from './quantities.ts';
import type { Words } from './words.ts';

/**
 * What is refused and what is unusual, in the reader's words: code and figures come from the domain,
 * or from the node in an answer; the sentence is the catalogue's and figures are written as everywhere
 * on the screens.
 */
export interface Coded {
  readonly reason: string;
  readonly params?: Params | undefined;
  /** The node's English. */
  readonly message?: string;
}

export function refusalText(
  { reason, params, message }: Coded,
  zone: string,
  words: Words,
): string {
  if (isReason(reason)) return words(`refusal.${reason}`, figures(params, zone, words));
  return unknownCode(reason, message);
}

/** What an error answer says: what went wrong, then each thing that was refused. */
export function problemText({ code, problem }: ApiProblem, zone: string, words: Words): string {
  const refused = (problem?.errors ?? []).map((each) => refusalText(each, zone, words));
  return [words(`problem.${code}`), ...refused].join(' ');
}

export function warningText(
  warning: {
    readonly code: string;
    readonly params?: Params | undefined;
    readonly message?: string;
  },
  zone: string,
  words: Words,
): string {
  const { code, params, message } = warning;
  if (isWarning(code)) return words(`warning.${code}`, figures(params, zone, words));
  return unknownCode(code, message);
}

/**
 * A node may be newer than the page that is open: then it knows codes that this catalogue lacks. An
 * officer is better served by its English than by silence.
 */
function unknownCode(code: string, message: string | undefined): string {
  return message ?? code;
}

/** The figures as they stand in a sentence. */
export function figures(
  params: Params | undefined = {},
  zone: string,
  words: Words,
): Record<string, string> {
  const told = Object.entries(params).filter((entry): entry is [ParameterName, string | number] =>
    Object.hasOwn(PARAMETERS, entry[0]),
  );
  return Object.fromEntries(told.map(([name, value]) => [name, figure(name, value, zone, words)]));
}

function figure(name: ParameterName, value: string | number, zone: string, words: Words): string {
  const sort = PARAMETERS[name];
  if (typeof value === 'number') {
    if (sort === 'metres') return distance(value, words);
    return sort === 'milliseconds' ? roughAge(value, words) : whole(value);
  }
  switch (sort) {
    case 'instant':
      return dtg(millis(value), zone);
    case 'kind':
      return words(`words.kind.${value as Kind}`);
    case 'unit_of_count':
      return words(`words.unitOfCount.${value as 'shot'}`, { n: 2 });
    case 'role':
      return words(`words.role.${value as 'operator'}`);
    default:
      return value;
  }
}

function isReason(code: string): code is Reason {
  return Object.hasOwn(REASONS, code);
}

function isWarning(code: string): code is WarningCode {
  return Object.hasOwn(WARNINGS, code);
}
