/**
 * Every reason to say no has a code here, and every code a meaning that does not change.
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

export interface Refused {
  /** JSON-pointer-like path of the field, dots between names: `where.bearing.value`. */
  readonly field?: string;
  /** A stable word for the reason, for programs: `before_the_ceasefire`. */
  readonly reason: string;
  /** One sentence in English, for people. */
  readonly message: string;
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
}

export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly refused: readonly Refused[];

  constructor(code: RefusalCode, refused: readonly Refused[]) {
    super(refused.map((each) => each.message).join(' '));
    this.name = 'Refusal';
    this.code = code;
    this.refused = refused;
  }
}

/** Makes a refusal of one field, to be thrown: `throw refuse('invalid', {...})`. */
export function refuse(code: RefusalCode, refused: Refused): Refusal {
  return new Refusal(code, [refused]);
}

/** Something unusual that does not stop a command but wants a second look. */
export interface Warning {
  readonly code: string;
  readonly field: string;
  readonly message: string;
}
