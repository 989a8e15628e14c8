/** What can be wrong with a log, in a closed list. */
export type FlawKind =
  | 'missing_event'
  | 'leaf_altered'
  | 'leaf_too_large'
  | 'chain_broken'
  | 'not_canonical'
  | 'malformed_envelope'
  | 'unknown_type'
  | 'malformed_data'
  | 'not_of_this_log'
  | 'wrong_stream'
  | 'wrong_revision'
  | 'time_goes_back'
  | 'disclosure_altered'
  | 'disclosure_missing'
  | 'erased_without_event'
  | 'erased_but_there'
  | 'stray_disclosure'
  | 'unreadable';

/** The first flaw that was found: at which event, and of which kind. */
export class Flaw extends Error {
  readonly seq: number;
  readonly kind: FlawKind;

  constructor(seq: number, kind: FlawKind, message: string) {
    super(message);
    this.name = 'Flaw';
    this.seq = seq;
    this.kind = kind;
  }
}
