import type { CeasefireState } from '../ceasefire/ceasefire.decider.ts';
import { areasAt, type CentreState, officerOf, unitAt } from '../centre/centre-state.ts';
import { formatInstant, millisOf, parseTold } from '../measure/instant.ts';
import { readWhen } from '../measure/when.ts';
import { readWhere } from '../measure/where-entry.ts';
import type { Actor } from '../recorded-event.ts';
import { refuse, type Warning } from '../refusal.ts';
import type { ObservationContent } from './observation.events.ts';
import type { ReportContent } from './observation.report.ts';
import type { ReportText } from './observation-state.ts';
import { refuseBadText } from './public-text.ts';
import { missionBox, warningsOf } from './report-warnings.ts';
import { MEANS, type Origin } from './vocabulary.ts';

/**
 * From what was entered to what is stored: instants in UTC, the place resolved with the positions and
 * areas of that time, means in one order, text apart. The decider, the form's preview, the importer
 * and an auditor read a report with this one function.
 */
export interface ObservationContext {
  /** The centre as of the revision that the command is judged against. */
  readonly centre: CentreState;
  readonly ceasefire: CeasefireState;
  /** Milliseconds since 1970: the server's clock, or the time at which it was first recorded. */
  readonly now: number;
  readonly actor: Actor;
}

export interface ReadReport {
  readonly content: ObservationContent;
  /** What goes to the vault instead of the leaf. */
  readonly text: ReportText;
  /** Everything unusual; it stops nothing and travels beside the receipt. */
  readonly warnings: readonly Warning[];
}

/** @throws Refusal `invalid`, with the field and a reason, for what no centre could have perceived */
export function readReport(body: ReportContent, context: ObservationContext): ReadReport {
  const unit = observingUnit(body, context);
  const origin = originOf(body, unit, context);
  const { when, warnings: ofTime } = readWhen(body.when, timeRules(origin, context));
  const { where, warnings: ofPlace } = readWhere(body.where, {
    ...missionBox(context.centre, origin),
    ...surroundings(context.centre, when.from),
  });
  const content: ObservationContent = {
    kind: body.kind,
    means: MEANS.filter((means) => body.means.includes(means)),
    when,
    where,
    unit,
    watch: null,
    origin,
    ...optionalFields(body),
  };
  refuseBadText(content);
  refuseWrongCasualties(content);
  const warnings = [...ofTime, ...ofPlace, ...warningsOf(content, context)];
  return { content, text: textOf(body), warnings };
}

function observingUnit(body: ReportContent, { actor, centre }: ObservationContext): string {
  const officer = actor.role === 'system' ? undefined : officerOf(centre, actor.officer);
  const unit = body.unit ?? officer?.unit;
  if (unit === undefined) {
    throw refuse('invalid', {
      field: 'unit',
      reason: 'unit_missing',
    });
  }
  return unit;
}

/** An external source tells what others perceived; every other unit perceives itself. */
function originOf(body: ReportContent, unit: string, { centre }: ObservationContext): Origin {
  const known = centre.status === 'none' ? undefined : centre.units.get(unit);
  if (known === undefined) {
    throw refuse('invalid', {
      field: 'unit',
      reason: 'unknown_unit',
    });
  }
  const origin = known.kind === 'external_source' ? 'external' : 'unit';
  if (body.origin === undefined || body.origin === origin) return origin;
  throw refuse('invalid', {
    field: 'origin',
    reason: 'origin_of_another_unit',
    params: { origin },
  });
}

/** "Not before the ceasefire" and "not in the future" bind what units perceived, not what is imported. */
function timeRules(origin: Origin, { ceasefire, now }: ObservationContext) {
  if (origin === 'external') return 'external';
  return ceasefire.status === 'none' ? { now } : { now, notBefore: millisOf(ceasefire.inForceAt) };
}

/** What a place is resolved with: positions and areas in force at an instant (canonical UTC). */
export function surroundings(centre: CentreState, instant: string) {
  const areas = areasAt(centre, instant).map(({ area, kind, geometry }) => ({
    id: area,
    kind,
    geometry,
  }));
  return {
    areas,
    unitPosition: (unit: string) => unitAt(centre, unit, instant)?.position,
  };
}

function optionalFields(body: ReportContent) {
  const { count, explosion, weapon, direction, casualties, restriction, confidence, via } = body;
  const { reportedAt, deviceOffsetMs } = body;
  return {
    ...(count === undefined ? {} : { count }),
    ...(explosion === undefined ? {} : { explosion }),
    ...(weapon === undefined ? {} : { weapon }),
    ...(direction === undefined ? {} : { direction }),
    ...(casualties === undefined ? {} : { casualties }),
    ...(restriction === undefined ? {} : { restriction }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(via === undefined ? {} : { via }),
    ...(reportedAt === undefined
      ? {}
      : { reportedAt: formatInstant(parseTold(reportedAt, 'reportedAt').ms) }),
    ...(deviceOffsetMs === undefined ? {} : { deviceOffsetMs }),
  };
}

function textOf({ narrative, asEntered }: ReportContent): ReportText {
  return {
    ...(narrative === undefined ? {} : { narrative }),
    ...(asEntered === undefined ? {} : { asEntered }),
  };
}

/** @throws Refusal `invalid`: `casualty_twice`, `not_persons` */
export function refuseWrongCasualties({ casualties = [] }: ObservationContent): void {
  const said = new Set<string>();
  for (const [at, { outcome, person, count }] of casualties.entries()) {
    const field = `casualties.${at}`;
    if (said.has(`${outcome} ${person}`)) {
      throw refuse('invalid', {
        field,
        reason: 'casualty_twice',
      });
    }
    if (!('unknown' in count) && count.unit !== 'person') {
      throw refuse('invalid', {
        field: `${field}.count.unit`,
        reason: 'not_persons',
      });
    }
    said.add(`${outcome} ${person}`);
  }
}
