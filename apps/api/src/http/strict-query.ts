import { refuse } from '@ceasewatch/domain/refusal';
import type { Request, RequestHandler } from 'express';
import { answerProblem } from './answer-problem.ts';
import { isOfApi } from './known-methods.ts';

/**
 * Query strings are read as strictly as bodies: UTF-8 that is percent-encoded, else a word would be looked
 * for that nobody wrote; and none where there is nothing to ask. `asking` are paths that take a body and
 * parameters.
 */
const ASKING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export function strictQuery(asking: readonly string[] = []): RequestHandler {
  return (request, response, next) => {
    try {
      if (isOfApi(request)) check(request, asking);
    } catch (error) {
      answerProblem(request, response, error);
      return;
    }
    next();
  };
}

/** @throws Refusal invalid: `not_utf8`, `unknown_field` */
function check({ method, path, query, originalUrl }: Request, asking: readonly string[]): void {
  const at = originalUrl.indexOf('?');
  if (at === -1) return;
  if (!isUtf8(originalUrl.slice(at + 1))) {
    const said = 'The query must be UTF-8, percent-encoded.';
    throw refuse('invalid', { reason: 'not_utf8', params: { said } });
  }
  const [name] = Object.keys(query);
  if (name === undefined || ASKING.has(method) || asking.includes(path)) return;
  throw refuse('invalid', { field: name.slice(0, 100), reason: 'unknown_field' });
}

function isUtf8(query: string): boolean {
  try {
    decodeURIComponent(query);
    return true;
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}
