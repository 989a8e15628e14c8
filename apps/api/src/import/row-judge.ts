import { Inject, Injectable } from '@nestjs/common';
import { type CentreState, evolveCentre } from '@ceasewatch/domain/centre/centre-state';
import { formatInstant } from '@ceasewatch/domain/measure/instant';
import { observationDecider } from '@ceasewatch/domain/observation/observation.decider';
import type { ReportContent } from '@ceasewatch/domain/observation/observation.report';
import { readReport } from '@ceasewatch/domain/observation/report-reading';
import type { Actor } from '@ceasewatch/domain/recorded-event';
import { sameValue } from '@ceasewatch/domain/same-value';
import { CentreBook } from '../centre/centre-book.ts';
import { CLOCK, type Clock } from '../clock.ts';
import { CommandDesk } from '../event-log/command-desk.ts';

/** What would become of a row; nothing is appended. */
export type Verdict = 'recorded' | 'corrected' | 'already_there';

/** An external source as it would be opened by an import that is not a dry run. */
export interface SourceUnit {
  readonly unit: string;
  readonly name: string;
}

/**
 * Judges rows for a dry run with the very rules that would record them: the decider refuses what it
 * would refuse, and a row that is known is compared with what is there.
 */
@Injectable()
export class RowJudge {
  constructor(
    private readonly desk: CommandDesk,
    private readonly book: CentreBook,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /**
   * @param told revision at which the source's last word was written, of a row that is there
   * @throws Refusal as recording or correcting the row would
   */
  async judge(
    id: string,
    body: ReportContent,
    { actor, source, told }: { actor: Actor; source: SourceUnit; told?: number | undefined },
  ): Promise<Verdict> {
    const now = this.now();
    const centre = withSource(await this.book.centre(), source, now);
    const context = { centre, ceasefire: await this.book.ceasefire(), now, actor };
    const subject = `observation/${id}`;
    const { state } = await this.desk.states.load(subject, observationDecider);
    if (state.status === 'none') {
      observationDecider.decide(state, { type: 'record', body, context });
      return 'recorded';
    }
    const { content, text } = readReport(body, context);
    const last = await this.desk.states.loadAsOf(subject, observationDecider, told ?? 0);
    const said = last.state.status === 'none' ? state : last.state;
    if (sameValue(said.content, content) && sameValue(said.text, text)) return 'already_there';
    const revised = { corrects: state.version, reason: 'source_revised', content: body } as const;
    const events = observationDecider.decide(state, { type: 'correct', body: revised, context });
    return events.length === 0 ? 'already_there' : 'corrected';
  }
}

function withSource(centre: CentreState, { unit, name }: SourceUnit, now: number): CentreState {
  if (centre.status === 'none' || centre.units.has(unit)) return centre;
  const data = { unit, name, kind: 'external_source', from: formatInstant(now) } as const;
  return evolveCentre(centre, { type: 'unit.opened.v1', data });
}
