import { readWhen } from '@ceasewatch/domain/measure/when';
import type { KnownArea } from '@ceasewatch/domain/measure/resolve';
import type { Where } from '@ceasewatch/domain/measure/where';
import { readWhere } from '@ceasewatch/domain/measure/where-entry';
import { areasAt, unitAt } from '@ceasewatch/domain/centre/centre-state';
import type { ObservationContent } from '@ceasewatch/domain/observation/observation.events';
import {
  reportContent,
  type ReportContent,
} from '@ceasewatch/domain/observation/observation.report';
import { type ObservationContext, readReport } from '@ceasewatch/domain/observation/report-reading';
import { displayGroup } from '@ceasewatch/domain/observation/vocabulary';
import { Refusal, type Warning } from '@ceasewatch/domain/refusal';
import { refusedOfIssue } from '@ceasewatch/domain/shape-refusal';
import type { Told } from '../../../format/sentence.ts';
import type { ReportProblem } from './form-problems.ts';
import type { BuiltReport } from './report-content.ts';

/** What would be recorded, judged by the node's own rules before anything is sent. */
export interface Preview {
  /** The whole report as it would stand, ready to be read back; null while it would be refused. */
  readonly told: Told | null;
  readonly warnings: readonly Warning[];
  readonly problems: readonly ReportProblem[];
  /** Time and place as far as they are understood, for the echo and the map. */
  readonly when: ObservationContent['when'] | null;
  readonly where: Where | null;
}

export function previewOf(built: BuiltReport, context: ObservationContext): Preview {
  const { when, where } = partly(built.part, context);
  if (built.content === null)
    return { told: null, warnings: [], problems: built.problems, when, where };
  const shape = reportContent.safeParse(built.content);
  if (!shape.success) {
    const problems = shape.error.issues.map(refusedOfIssue);
    return { told: null, warnings: [], problems, when, where };
  }
  try {
    const { content, warnings } = readReport(shape.data, context);
    const group = displayGroup(content.kind, content.weapon?.category);
    return {
      told: { ...content, group },
      warnings,
      problems: [],
      when: content.when,
      where: content.where,
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { told: null, warnings: [], problems: error.refused, when, where };
  }
}

function partly(
  part: Partial<ReportContent>,
  context: ObservationContext,
): Pick<Preview, 'when' | 'where'> {
  const told = part.when;
  const when = told === undefined ? null : attempt(() => readWhen(told, { now: context.now }).when);
  const instant = when?.from ?? new Date(context.now).toISOString();
  const areas: KnownArea[] = areasAt(context.centre, instant).map(({ area, kind, geometry }) => ({
    id: area,
    kind,
    geometry,
  }));
  const around = {
    areas,
    unitPosition: (unit: string) => unitAt(context.centre, unit, instant)?.position,
  };
  const entry = part.where;
  const where = entry === undefined ? null : attempt(() => readWhere(entry, around).where);
  return { when, where };
}

function attempt<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    // Half of a report is often refused; the whole one says why.
    if (error instanceof Refusal) return null;
    throw error;
  }
}
