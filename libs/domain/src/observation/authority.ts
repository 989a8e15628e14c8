import { officerOf } from '../centre/centre-state.ts';
import type { Role } from '../recorded-event.ts';
import { refuse } from '../refusal.ts';
import type { ObservationContent } from './observation.events.ts';
import type { ObservationContext } from './report-reading.ts';

/**
 * On whose authority an observation is recorded and changed. What a contingent's unit perceived is
 * told, corrected and taken back by that contingent alone; what both or neither of them perceived (a
 * joint unit, an external source) by the operators of either.
 */

/** Who perceived it is all that authority asks of what was perceived. */
type Observed = Pick<ObservationContent, 'origin' | 'unit'>;

/** @throws Refusal `forbidden`: `unknown_officer`, `role_may_not_report`, `not_your_unit` */
export function mayRecord(content: Observed, context: ObservationContext): void {
  const { actor } = context;
  refuseUnknownOfficer(context);
  if (!rolesThatReport(content).includes(actor.role)) {
    throw refuse('forbidden', {
      reason: 'role_may_not_report',
      params: { role: actor.role },
    });
  }
  const owner = contingentOf(content, context);
  if (owner !== undefined && (actor.role === 'system' || actor.contingent !== owner)) {
    throw refuse('forbidden', {
      field: 'unit',
      reason: 'not_your_unit',
    });
  }
}

/** @throws Refusal `forbidden`: `unknown_officer`, `role_may_not_report`, `not_the_originator` */
export function mayChange(content: Observed, context: ObservationContext): void {
  const { actor } = context;
  refuseUnknownOfficer(context);
  const owner = contingentOf(content, context);
  if (owner !== undefined && (actor.role === 'system' || actor.contingent !== owner)) {
    throw refuse('forbidden', {
      reason: 'not_the_originator',
    });
  }
  if (!rolesThatReport(content).includes(actor.role)) {
    throw refuse('forbidden', {
      reason: 'role_may_not_report',
      params: { role: actor.role },
    });
  }
}

/** Whether somebody in this role tells what a unit perceives: the only ones whom a report form offers. */
export function mayReport(role: Role): boolean {
  return REPORTERS.includes(role);
}

const REPORTERS: readonly Role[] = ['operator', 'sensor'];

function rolesThatReport(content: Observed): readonly Role[] {
  // The importer may run before anybody was chosen, so the system may carry in external data.
  return content.origin === 'external' ? ['operator', 'administrator', 'system'] : REPORTERS;
}

function contingentOf(content: Observed, { centre }: ObservationContext): string | undefined {
  return centre.status === 'none' ? undefined : centre.units.get(content.unit)?.contingent;
}

function refuseUnknownOfficer({ actor, centre }: ObservationContext): void {
  if (actor.role === 'system') return;
  const officer = officerOf(centre, actor.officer);
  if (officer?.contingent === actor.contingent && officer.role === actor.role) return;
  throw refuse('forbidden', {
    reason: 'unknown_officer',
  });
}
