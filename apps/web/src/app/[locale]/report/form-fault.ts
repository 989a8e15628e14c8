import type { FieldName } from './report-fields.ts';
import type { TokenProblem } from './quick-line.ts';

/** What the form finds wrong by itself, before there is a report that the rules could judge. */
export type FaultReason =
  | TokenProblem
  /** Nothing stands there; said only when somebody wants to send. */
  | 'missing'
  | 'zero'
  | 'not_a_number'
  | 'not_minutes'
  | 'not_a_distance'
  | 'farther_end_first'
  | 'no_declination'
  | 'no_convergence';

export interface Fault {
  readonly field: FieldName;
  readonly fault: FaultReason;
  /** The words of the quick line that it is about. */
  readonly text?: string;
}

/** Thrown by what reads a field; caught where the report is put together. */
export class FormFault extends Error {
  readonly fault: Fault;

  constructor(field: FieldName, fault: FaultReason) {
    super(`${fault} at ${field}`);
    this.name = 'FormFault';
    this.fault = { field, fault };
  }
}
