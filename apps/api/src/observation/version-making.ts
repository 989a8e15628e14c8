import { HOUR_MS } from '@ceasewatch/domain/measure/instant';
import type {
  ObservationContent,
  observationCorrected,
  ObservationEvent,
} from '@ceasewatch/domain/observation/observation.events';
import { STATUS_AFTER } from '@ceasewatch/domain/observation/observation-state';
import { displayGroup } from '@ceasewatch/domain/observation/vocabulary';
import { placeOf } from '@ceasewatch/domain/situation/observation-filter';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import type { z } from 'zod';
import type { ProjectedEvent } from '../read-model/projection.ts';
import { millisOf } from '../read-model/stored-instant.ts';
import { versionOf } from './version-of.ts';

/** What each event makes of the version before it. */
const LATE_MS = 6 * HOUR_MS;

export function firstRow(
  event: ProjectedEvent,
  number: number,
  content: ObservationContent,
): ObservationRow {
  const { subject, time, contingent } = event.envelope;
  return versionOf(content, {
    id: subject.slice('observation/'.length),
    number,
    version: 1,
    ...authorityOf(event),
    status: STATUS_AFTER['observation.recorded.v1'],
    ...derivedFrom(content, time),
    // An external source belongs to no contingent, whoever imported it.
    contingent: content.origin === 'external' ? null : (contingent ?? null),
    recordedAt: time,
    reason: null,
    fromSeq: event.seq,
    toSeq: null,
  });
}

/** What a correction leaves as it was. */
export type Kept = Pick<ObservationRow, 'id' | 'number' | 'contingent' | 'recordedAt'>;

export type Correction = z.infer<typeof observationCorrected>;

export function correctedRow(
  event: ProjectedEvent,
  before: Kept,
  data: Correction,
): { readonly row: ObservationRow; readonly content: ObservationContent } {
  const { corrects, reason, ...content } = data;
  const row = versionOf(content, {
    id: before.id,
    number: before.number,
    version: corrects + 1,
    ...authorityOf(event),
    status: STATUS_AFTER['observation.corrected.v1'],
    ...derivedFrom(content, before.recordedAt),
    contingent: before.contingent,
    recordedAt: before.recordedAt,
    reason,
    fromSeq: event.seq,
    toSeq: null,
  });
  return { row, content };
}

/** Retraction and reinstatement keep the content and its version; only the former has a reason. */
export function statusRow(
  event: ProjectedEvent,
  before: ObservationRow,
  told: StatusChange,
): ObservationRow {
  const reason = told.type === 'observation.retracted.v1' ? told.data.reason : null;
  const status = STATUS_AFTER[told.type];
  return { ...before, ...authorityOf(event), status, reason, fromSeq: event.seq, toSeq: null };
}

type StatusChange = Extract<
  ObservationEvent,
  { type: 'observation.retracted.v1' | 'observation.reinstated.v1' }
>;

function authorityOf({ envelope }: ProjectedEvent) {
  return {
    revision: envelope.revision,
    officer: envelope.officer ?? null,
    authn: envelope.authn,
    versionRecordedAt: envelope.time,
  };
}

function derivedFrom(content: ObservationContent, recordedAt: string) {
  return {
    group: displayGroup(content.kind, content.weapon?.category),
    sector: placeOf(content)?.sector ?? null,
    late: isLate(content, recordedAt),
  };
}

/** What was imported was never on time or late: its source kept its own hours. */
function isLate({ origin, when }: ObservationContent, recordedAt: string): boolean {
  if (origin === 'external') return false;
  return millisOf(recordedAt) - millisOf(when.to) > LATE_MS;
}
