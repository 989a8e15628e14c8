import type { Bare, CodeTable, ParamsOf, REASONS, WARNINGS } from './reasons.ts';

/**
 * Every reason to say no has a code, and every code a meaning that does not change. The domain speaks
 * in codes and figures; sentences are made where somebody reads them.
 *
 * A refusal is thrown by a decider or a value object and becomes an answer in one place only
 * (`problem.filter.ts` of the api). A warning does not stop anything: it travels beside the receipt
 * and the form asks for confirmation before it sends.
 */
export type RefusalCode =
  /** The shape or a value of the request is wrong; `field` says where. */
  | 'invalid'
  /** The thing spoken of does not exist in this log. */
  | 'not_found'
  /** The command's id was used before with other content. */
  | 'id_reused'
  /** The state moved on since the sender looked. */
  | 'revision_conflict'
  /** This officer's contingent may not do this. */
  | 'forbidden';

/** One thing that is wrong: where, why, and with which figures (`reasons.ts`). */
export type Refused = {
  /** JSON-pointer-like path of the field, dots between names: `where.bearing.value`. */
  readonly field?: string;
} & Coded<'reason', typeof REASONS>;

/** A code under its key: alone, or with exactly the figures of its line. */
type Coded<Key extends string, Table extends CodeTable> =
  | ({ readonly [Name in Key]: Bare<Table> } & { readonly params?: undefined })
  | {
      [Code in Exclude<keyof Table, Bare<Table>>]: { readonly [Name in Key]: Code } & {
        readonly params: ParamsOf<Table[Code]>;
      };
    }[Exclude<keyof Table, Bare<Table>>];

export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly refused: readonly Refused[];
  /** With `revision_conflict`: where the stream really is. */
  readonly actualRevision: number | undefined;

  constructor(code: RefusalCode, refused: readonly Refused[], actualRevision?: number) {
    // For a stack trace; whoever answers a person has words for the codes.
    super(refused.map(({ field, reason }) => `${reason}${field ? ` at ${field}` : ''}`).join(', '));
    this.name = 'Refusal';
    this.code = code;
    this.refused = refused;
    this.actualRevision = actualRevision;
  }
}

/** Makes a refusal of one field, to be thrown: `throw refuse('invalid', {...})`. */
export function refuse(code: RefusalCode, refused: Refused): Refusal {
  return new Refusal(code, [refused]);
}

/** Something unusual that does not stop a command but wants a second look. */
export type Warning = { readonly field: string } & Coded<'code', typeof WARNINGS>;
