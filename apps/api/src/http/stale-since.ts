import type { RequestHandler, Response } from 'express';
import type { LogCondition } from '../event-log/event-log.ts';

/**
 * How old an answer may be, told in one place for every answer of the API that is read from this node's
 * own rows: while nobody knows whether the store has more, a header says since when, and JSON says it
 * once more in its field `staleSince`. Files and pages of changes are the same bytes for everybody and
 * have the header alone.
 */
export const STALE_SINCE = 'Ceasewatch-Stale-Since';

/** The document of the API is what it is, whatever the store does. */
const NEVER_STALE = '/api/openapi.json';

export function tellsStaleness(condition: () => LogCondition): RequestHandler {
  return (request, response, next) => {
    const { method, path } = request;
    if (
      (method === 'GET' || method === 'HEAD') &&
      path.startsWith('/api/') &&
      path !== NEVER_STALE
    ) {
      const { staleSince } = condition();
      if (staleSince !== undefined) response.setHeader(STALE_SINCE, staleSince);
    }
    next();
  };
}

/** The body with the field, where the answer has the header. */
export function withStaleness(response: Response, body: object): object {
  const staleSince = response.getHeader(STALE_SINCE);
  return staleSince === undefined || Array.isArray(body) ? body : { ...body, staleSince };
}
