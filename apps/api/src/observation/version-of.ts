import type { ObservationContent } from '@ceasewatch/domain/observation/observation.events';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';

type Told = Omit<ObservationRow, keyof ObservationContent>;

/** A version from its content and what the log knows of it, the fields always in this order. */
export function versionOf(content: ObservationContent, told: Told): ObservationRow {
  return {
    ...content,
    id: told.id,
    number: told.number,
    version: told.version,
    revision: told.revision,
    status: told.status,
    group: told.group,
    contingent: told.contingent,
    sector: told.sector,
    officer: told.officer,
    authn: told.authn,
    recordedAt: told.recordedAt,
    versionRecordedAt: told.versionRecordedAt,
    reason: told.reason,
    late: told.late,
    fromSeq: told.fromSeq,
    toSeq: told.toSeq,
  };
}
