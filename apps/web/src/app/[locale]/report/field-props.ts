import type { FieldProblems } from './form-problems.ts';
import type { Edits, ReportFields } from './report-fields.ts';

/** What every group of fields is given. */
export interface FieldProps {
  readonly fields: ReportFields;
  readonly problems: FieldProblems;
  edit(edits: Edits): void;
}
