/** Why bytes are not what the proof needs, in a closed list. */
export type TlogErrorCode =
  /** A value that canonical JSON cannot carry: NaN, BigInt, a lone surrogate, a cycle, nothing. */
  'not_canonical' | 'leaf_too_large' | 'malformed_base64' | 'malformed_disclosure' | 'malformed_id';

export class TlogError extends Error {
  readonly code: TlogErrorCode;

  constructor(code: TlogErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TlogError';
    this.code = code;
  }
}
