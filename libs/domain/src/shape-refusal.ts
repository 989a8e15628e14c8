import type { z } from 'zod';
import { type Bare, REASONS, type Reason } from './reasons.ts';
import type { Refused } from './refusal.ts';

/**
 * What a schema finds wrong, as a refusal. A check of ours gives its reason as its message
 * (`error: 'not_a_name'`), so that schemas stay plain; what zod checks by itself has reasons of the
 * same names as zod's codes.
 */
export function refusedOfIssue(issue: z.core.$ZodIssue): Refused {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const field = [...issue.path.map(String), ...unknown].join('.').slice(0, 200);
  return { ...(field === '' ? {} : { field }), ...wrong(issue) };
}

const LONGEST = 300;

function wrong(issue: z.core.$ZodIssue): Refused {
  const own = ownReason(issue);
  if (own !== undefined) return own;
  switch (issue.code) {
    case 'invalid_type':
      return { reason: 'invalid_type', params: { expected: issue.expected } };
    case 'invalid_value': {
      const expected = issue.values.map(String).join(', ').slice(0, LONGEST);
      return { reason: 'invalid_value', params: { expected } };
    }
    case 'invalid_format': {
      const { message, format, pattern } = issue;
      // zod's own words quote the pattern; words of ours say what it asks for.
      if (pattern !== undefined && !message.includes(pattern)) return notValid(message);
      return {
        reason: 'invalid_format',
        params: { expected: (pattern ?? format).slice(0, LONGEST) },
      };
    }
    case 'too_big':
      return { reason: 'too_big', params: { most: Number(issue.maximum) } };
    case 'too_small':
      return { reason: 'too_small', params: { least: Number(issue.minimum) } };
    case 'not_multiple_of':
      return { reason: 'not_multiple_of', params: { step: issue.divisor } };
    case 'unrecognized_keys':
      return { reason: 'unknown_field' };
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      return { reason: issue.code };
    case 'custom':
      return notValid(issue.message);
    default:
      return issue satisfies never;
  }
}

function notValid(said: string): Refused {
  return { reason: 'not_valid', params: { said: said.slice(0, LONGEST) } };
}

/** The reason that a check of ours gave as its message; the only one with a figure is a limit. */
function ownReason(issue: z.core.$ZodIssue): Refused | undefined {
  const { message } = issue;
  if (message === 'too_many_bytes' && issue.code === 'custom') {
    return { reason: message, params: { most: Number(issue.params?.['most']) } };
  }
  return isBare(message) ? { reason: message } : undefined;
}

function isBare(message: string): message is Bare<typeof REASONS> {
  return Object.hasOwn(REASONS, message) && REASONS[message as Reason].length === 0;
}
