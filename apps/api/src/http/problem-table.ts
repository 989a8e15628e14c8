import type { Problem, ProblemCode } from '../contract/problem.ts';

/**
 * Every way a request can fail, in one table: code, status, whether asking again can help. It is
 * published in docs/problems.md, and a test holds the page and the table together.
 */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly retry: Problem['retry'];
  /** What it means, one sentence, as the docs print it. */
  readonly meaning: string;
}

export const PROBLEMS: Readonly<Record<ProblemCode, ProblemKind>> = {
  malformed_json: {
    status: 400,
    title: 'The body is not JSON that can be read in one way only',
    retry: 'no',
    meaning:
      'The body is not UTF-8, not JSON, nested deeper than 32, has a number longer than 128 characters, or a name such as `__proto__`.',
  },
  malformed_request: {
    status: 400,
    title: 'Not a request of HTTP/1.1',
    retry: 'no',
    meaning: 'It is not HTTP, or its body ends before its `Content-Length`.',
  },
  forbidden: {
    status: 403,
    title: 'Not allowed',
    retry: 'no',
    meaning:
      'This officer may not do this, or the request comes from a page of another site or names another host.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    retry: 'no',
    meaning: 'There is no such path, observation or event.',
  },
  method_not_allowed: {
    status: 405,
    title: 'Not with this method',
    retry: 'no',
    meaning: 'The path is known, but not with this method; `Allow` names those it has.',
  },
  too_slow: {
    status: 408,
    title: 'The request did not come in time',
    retry: 'same_id',
    meaning:
      'A head of more than 10 s, a body of more than 15 s; a table that is imported may take an hour, as long as something comes every 15 s. Nothing was recorded.',
  },
  id_reused: {
    status: 409,
    title: 'The id was used before for something else',
    retry: 'no',
    meaning:
      'A command with this id was recorded before and said something else. Nothing was recorded.',
  },
  revision_conflict: {
    status: 412,
    title: 'It has changed since you looked',
    retry: 'no',
    meaning:
      'The observation is not at the revision that `If-Match` names; `actualRevision` says where it is. Look again, then decide again.',
  },
  too_large: {
    status: 413,
    title: 'Too large',
    retry: 'no',
    meaning:
      'The body is larger than 256 KiB, or what would be written is larger than an event may be.',
  },
  address_too_long: {
    status: 414,
    title: 'The address is too long',
    retry: 'no',
    meaning: 'The request line is longer than a head may be.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'Unsupported media type',
    retry: 'no',
    meaning: 'The body must be `application/json` in UTF-8, not compressed.',
  },
  invalid: {
    status: 422,
    title: 'The request is not valid',
    retry: 'no',
    meaning: 'It can be read, but a field or a parameter is wrong; `errors` says which and why.',
  },
  head_too_large: {
    status: 431,
    title: 'The head is too large',
    retry: 'no',
    meaning: 'The head of the request has more than 16 KiB.',
  },
  overloaded: {
    status: 429,
    title: 'Too busy',
    retry: 'same_id',
    meaning:
      'The queue before the log is full and nothing was recorded, or too many questions wait already. Wait as long as `Retry-After` says.',
  },
  internal: {
    status: 500,
    title: 'Something went wrong here',
    retry: 'same_id',
    meaning: 'A fault of the node. `instance` is the number under which its log has the rest.',
  },
  store_unavailable: {
    status: 503,
    title: 'The log cannot be written or read now',
    retry: 'same_id',
    meaning:
      'The store is away. This request recorded nothing, but an earlier one with the same id may have; wait as long as `Retry-After` says.',
  },
  log_damaged: {
    status: 503,
    title: 'The log is damaged and is only read',
    retry: 'same_id',
    meaning:
      'Part of the log is not what was written, or the store holds another log than this node. Nothing was recorded, and nothing will be until people have put a sound copy in its place; what can be vouched for is still read.',
  },
  outcome_unknown: {
    status: 504,
    title: 'It is not known whether it was recorded',
    retry: 'same_id',
    meaning:
      'The store did not answer in time. Send the same command with the same id until there is an answer: it is recorded once at most.',
  },
  storage_full: {
    status: 507,
    title: 'The disk is full',
    retry: 'same_id',
    meaning: 'Nothing was recorded. Reading goes on; submitting works again when there is room.',
  },
};

/** Seconds a client is asked to wait when the error does not say better. */
export const RETRY_AFTER_S: Partial<Readonly<Record<ProblemCode, number>>> = {
  overloaded: 1,
  store_unavailable: 2,
  log_damaged: 300,
  storage_full: 30,
};
