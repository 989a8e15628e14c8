import type { Params } from '@ceasewatch/domain/reasons';

/** An error of any endpoint: `application/problem+json`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors?: readonly {
    readonly field?: string;
    readonly reason: string;
    readonly message: string;
    /** The figures of the reason by name; docs/problems.md has every reason with its figures. */
    readonly params?: Params;
  }[];
  /** Present where it helps: the revision the stream really has. */
  readonly actualRevision?: number;
  readonly retry: 'no' | 'same_id' | 'later';
  readonly instance: string;
}

export type ProblemCode =
  | 'malformed_json'
  | 'malformed_request'
  | 'too_slow'
  | 'address_too_long'
  | 'head_too_large'
  | 'invalid'
  | 'forbidden'
  | 'id_reused'
  | 'revision_conflict'
  | 'not_found'
  | 'too_large'
  | 'unsupported_media_type'
  | 'storage_full'
  | 'store_unavailable'
  | 'log_damaged'
  | 'method_not_allowed'
  | 'outcome_unknown'
  | 'overloaded'
  | 'internal';
