/** Why an event could not have been decided on what lay in the log before it. */
export type FaultKind =
  /** A decider refuses it, or would have made nothing of it. */
  | 'forbidden'
  /** A unit says that it perceived what had not happened yet when it was recorded. */
  | 'occurs_after_recorded'
  /** The place does not resolve to what is recorded, with the positions and areas then in force. */
  | 'resolved_otherwise';

export interface Fault {
  readonly kind: FaultKind;
  /** One clause for people, in English. */
  readonly why: string;
}

export function forbidden(why: string): Fault {
  return { kind: 'forbidden', why };
}
