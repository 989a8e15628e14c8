import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal } from '@ceasewatch/domain/refusal';
import type { Problem, ProblemCode } from '../contract/problem.ts';
import { type EventLogErrorCode, isEventLogError } from '../event-log/event-log-error.ts';
import { refusalInEnglish } from '../in-english.ts';
import { ReadModelError, type ReadModelErrorCode } from '../read-model/read-model-error.ts';
import { PROBLEMS, RETRY_AFTER_S } from './problem-table.ts';
import { RequestError } from './request-error.ts';
import { WrittenFaults } from './written-faults.ts';
import { hasCode } from '../error-code.ts';

/**
 * Makes an answer of any error, and writes down what nobody outside may read. `problem.filter.ts`
 * calls this for what is thrown behind Nest's routes, the middlewares before them call it themselves.
 */
const CODE_OF_LOG_ERROR: Readonly<Record<EventLogErrorCode, ProblemCode>> = {
  wrong_expected_revision: 'revision_conflict',
  id_reused: 'id_reused',
  too_large: 'too_large',
  storage_full: 'storage_full',
  store_unavailable: 'store_unavailable',
  outcome_unknown: 'outcome_unknown',
  overloaded: 'overloaded',
  log_corrupt: 'log_damaged',
  foreign_log: 'log_damaged',
  // What follows is never a client's doing.
  malformed_append: 'internal',
  position_unknown: 'internal',
  secret_already_drawn: 'internal',
  data_folder_in_use: 'internal',
  data_folder_unusable: 'internal',
  wrong_sort: 'internal',
};

/** Codes of the read model, and the parameter that is to blame where one is. */
const OF_READ_MODEL: Readonly<
  Record<ReadModelErrorCode, { readonly code: ProblemCode; readonly field?: string }>
> = {
  not_found: { code: 'not_found' },
  as_of_unknown: { code: 'invalid', field: 'asOf' },
  after_unknown: { code: 'invalid', field: 'after' },
  cursor_invalid: { code: 'invalid', field: 'cursor' },
  rebuilding: { code: 'store_unavailable' },
  overloaded: { code: 'overloaded' },
  stopped: { code: 'store_unavailable' },
  projection_failed: { code: 'internal' },
};

/** One for the process, like the standard error that it writes to. */
const faults = new WrittenFaults(
  (line) => process.stderr.write(line),
  () => performance.now(),
);

type ProblemFacts = Pick<Problem, 'code'> &
  Partial<Pick<Problem, 'detail' | 'errors' | 'actualRevision'>> & {
    readonly retryAfterS?: number;
  };

/** Sends the problem that `error` is. Answers already begun are cut off: half an answer must not look whole. */
export function answerProblem(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): void {
  // Nobody is left to be answered, and that somebody went is no fault of the node.
  if (response.closed && hasCode(error, ...BROKEN_OFF)) return;
  const instance = `urn:uuid:${randomUUID()}`;
  const facts = factsOf(error);
  const kind = PROBLEMS[facts.code];
  if (kind.status >= 500) {
    const asked = `${request.method} ${pathOf(request)}`;
    faults.write({ instance, code: facts.code, request: asked, error });
  }
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // What was to become a file did not: nobody shall find a problem under its name.
  response.removeHeader('Content-Disposition');
  const retryAfterS = facts.retryAfterS ?? RETRY_AFTER_S[facts.code];
  if (retryAfterS !== undefined) response.setHeader('Retry-After', `${retryAfterS}`);
  // The rest of a body that nobody will read must not be taken for the next request.
  if (!request.complete) response.setHeader('Connection', 'close');
  const problem: Problem = {
    type: `urn:ceasewatch:problem:${facts.code}`,
    title: kind.title,
    status: kind.status,
    code: facts.code,
    detail: facts.detail ?? kind.meaning,
    ...(facts.errors === undefined ? {} : { errors: facts.errors }),
    ...(facts.actualRevision === undefined ? {} : { actualRevision: facts.actualRevision }),
    retry: kind.retry,
    instance,
  };
  const body = JSON.stringify(problem);
  response.statusCode = kind.status;
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(body));
  if (request.complete) {
    response.end(body);
  } else {
    response.write(body);
    endOnceHeard(request, response);
  }
}

/** So long at most somebody may go on sending after he was answered. */
const HEARD_MS = 2_000;

/**
 * Somebody who is still sending hears the answer only while what he sends is read: a connection that is
 * closed with something unread in it is reset, and the answer with it.
 */
function endOnceHeard(request: IncomingMessage, response: ServerResponse): void {
  const end = (): void => {
    clearTimeout(patience);
    response.end();
  };
  const patience = setTimeout(end, HEARD_MS);
  request.once('close', end);
  request.resume();
}

/** Without the query, which may hold a name. */
export function pathOf({ url = '' }: IncomingMessage): string {
  return url.replace(/\?.*$/s, '');
}

function factsOf(error: unknown): ProblemFacts {
  if (error instanceof Refusal) return factsOfRefusal(error);
  if (error instanceof RequestError) {
    const { code, message, reason, retryAfterS } = error;
    return {
      code,
      detail: message,
      errors: [{ reason, message }],
      ...(retryAfterS === undefined ? {} : { retryAfterS }),
    };
  }
  if (isEventLogError(error)) {
    const { actual, retryAfterMs, told } = error.facts;
    const code = CODE_OF_LOG_ERROR[error.code];
    return {
      code,
      ...(told === undefined ? {} : { detail: told }),
      ...(code === 'revision_conflict' && typeof actual === 'number'
        ? { actualRevision: actual }
        : {}),
      ...(retryAfterMs === undefined ? {} : { retryAfterS: Math.ceil(retryAfterMs / 1000) }),
    };
  }
  if (error instanceof ReadModelError) return factsOfReadModel(error);
  // A table that is taken in lies in the data folder for a while.
  if (hasCode(error, 'ENOSPC', 'EDQUOT')) return { code: 'storage_full' };
  const status = statusOf(error);
  if (status === 404) return { code: 'not_found', detail: 'There is nothing under this path.' };
  // Express says 400 for one thing only: a path that cannot be percent-decoded.
  if (status === 400) return { code: 'not_found', detail: 'The path cannot be decoded.' };
  return { code: 'internal' };
}

function factsOfReadModel({ code: reason, message }: ReadModelError): ProblemFacts {
  const { code, field } = OF_READ_MODEL[reason];
  if (code === 'internal') return { code };
  return { code, detail: message, ...(field ? { errors: [{ field, reason, message }] } : {}) };
}

const MAX_ERRORS = 50;

function factsOfRefusal(refusal: Refusal): ProblemFacts {
  const told = refusal.refused.slice(0, MAX_ERRORS).map((refused) => ({
    ...(refused.field === undefined ? {} : { field: refused.field }),
    reason: refused.reason,
    message: refusalInEnglish(refused),
    ...(refused.params === undefined ? {} : { params: refused.params }),
  }));
  const detail = told.map(({ message }) => message).join(' ');
  const { code, actualRevision } = refusal;
  return {
    code,
    detail: detail.slice(0, 2000),
    errors: told,
    ...(actualRevision === undefined ? {} : { actualRevision }),
  };
}

const BROKEN_OFF = [
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_UNABLE_TO_PIPE',
] as const;

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('getStatus' in error && typeof error.getStatus === 'function') {
    const status: unknown = error.getStatus();
    return typeof status === 'number' ? status : undefined;
  }
  return 'status' in error && typeof error.status === 'number' ? error.status : undefined;
}
