'use client';

import type { CentreAnswer, CentreOfficer, Receipt } from '@ceasewatch/api/contract';
import { observationReport, type ObservationReport } from '@ceasewatch/domain/observation/observation.report';
import type { Refused } from '@ceasewatch/domain/refusal';
import { useEffect, useMemo, useRef, useState } from 'react';
import { config } from 'zod';
import { ApiProblem } from '../../../api/api-problem.ts';
import { useLiveFeed } from '../../../live/use-live.ts';
import { useMinute } from '../../../live/use-now.ts';
import { contextOf } from './centre-as-state.ts';
import { parseQuickLine, type QuickLine } from './quick-line.ts';
import { buildContent } from './report-content.ts';
import {
  keepDraft,
  keepLastReport,
  keptDraft,
  lastReport,
  newDraft,
  type ReportDraft,
  withoutTime,
} from './report-draft.ts';
import { type Edits, editsAfterLine, fieldsOf, type ReportFields } from './report-fields.ts';
import { type Preview, previewOf } from './report-preview.ts';
import { pauseMs, sendReport } from './send-report.ts';

// zod compiles its schemas with eval where it may; the Content-Security-Policy says that it may not.
config({ jitless: true });

/** One report from the first letter to its receipt. */
export type ReportPhase =
  | { readonly at: 'editing' }
  | { readonly at: 'reading_back' }
  | { readonly at: 'sending'; readonly attempt: number; readonly problem: ApiProblem | null }
  | { readonly at: 'receipt'; readonly receipt: Receipt; readonly replayed: boolean };

export interface ReportView {
  readonly line: string;
  readonly quick: QuickLine;
  readonly fields: ReportFields;
  readonly preview: Preview;
  readonly phase: ReportPhase;
  /** What the node said no to, beside what the form itself sees. */
  readonly refused: ApiProblem | null;
  /** Somebody asked to read it back: what is missing is said from now on. */
  readonly tried: boolean;
  /** The browser keeps nothing: a crash would lose this report. */
  readonly unkept: boolean;
  readonly canRepeat: boolean;
  setLine(line: string): void;
  edit(edits: Edits): void;
  readBack(): void;
  back(): void;
  send(): void;
  again(): void;
  clear(): void;
  repeatLast(): void;
}

export function useReport(centre: CentreAnswer, officer: CentreOfficer): ReportView {
  const feed = useLiveFeed();
  const minute = useMinute();
  const [draft, setDraft] = useState<ReportDraft>(() => keptDraft(centre.log));
  const [phase, setPhase] = useState<ReportPhase>({ at: 'editing' });
  const [refused, setRefused] = useState<ApiProblem | null>(null);
  const [tried, setTried] = useState(false);
  const [unkept, setUnkept] = useState(false);
  const retry = useRef<(() => void) | null>(null);

  const quick = useMemo(() => parseQuickLine(draft.line), [draft.line]);
  const fields = useMemo(() => fieldsOf(quick.fields, draft.edits), [quick, draft.edits]);
  const now = minute === 0 ? Date.now() : minute;
  const { built, preview } = useMemo(() => {
    const unit = fields.unit ?? officer.unit ?? '';
    const line = centre.areas.find(({ kind }) => kind === 'line')?.area ?? null;
    const rules = {
      now,
      zone: centre.zone,
      unit,
      unitPosition: centre.units.find((each) => each.unit === unit)?.position ?? undefined,
      declinationMdeg: centre.declinationMdeg,
    };
    const made = buildContent({ ...fields, line: fields.line ?? line }, rules, draft.line);
    return { built: made, preview: previewOf(made, contextOf(centre, officer, now)) };
  }, [fields, draft.line, centre, officer, now]);
  const problems = useMemo(() => [...tokenProblems(quick), ...preview.problems], [quick, preview]);

  const keep = (next: ReportDraft) => {
    setDraft(next);
    setUnkept(!keepDraft(centre.log, next));
  };

  const transmit = (report: ObservationReport, from: ReportDraft) => {
    setRefused(null);
    setPhase({ at: 'sending', attempt: 1, problem: null });
    keep({ ...from, sent: report });
    sendReport(report, (attempt, problem) => {
      setPhase({ at: 'sending', attempt: attempt + 1, problem });
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, pauseMs(attempt));
        retry.current = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }).then(
      ({ receipt, replayed }) => {
        keepLastReport(centre.log, from);
        keep(newDraft());
        setTried(false);
        setPhase({ at: 'receipt', receipt, replayed });
      },
      (error: unknown) => {
        // A definite no: nothing was recorded under this id, and what was typed can be mended.
        keep({ ...from, sent: null });
        setRefused(error instanceof ApiProblem ? error : new ApiProblem('internal', 0, String(error), null));
        setPhase({ at: 'editing' });
      },
    );
  };

  const unanswered = useRef(draft.sent === null ? null : draft);
  const resume = useRef(transmit);
  useEffect(() => {
    // A report that had no answer before the reload goes out again by itself, under its id.
    const open = unanswered.current;
    unanswered.current = null;
    if (open?.sent !== undefined && open?.sent !== null) resume.current(open.sent, open);
  }, []);

  return {
    line: draft.line,
    quick,
    fields,
    preview: { ...preview, problems },
    phase,
    refused,
    tried,
    unkept,
    canRepeat: draft.line === '' && lastReport(centre.log) !== null,
    setLine: (line) => {
      const edits = editsAfterLine(draft.edits, quick.fields, parseQuickLine(line).fields);
      keep({ ...draft, line, edits });
      setRefused(null);
      if (phase.at === 'receipt') setPhase({ at: 'editing' });
    },
    edit: (edits) => {
      keep({ ...draft, edits: { ...draft.edits, ...edits } });
      setRefused(null);
      if (phase.at === 'receipt') setPhase({ at: 'editing' });
    },
    readBack: () => {
      setTried(true);
      if (preview.told !== null && problems.length === 0) setPhase({ at: 'reading_back' });
    },
    back: () => setPhase({ at: 'editing' }),
    send: () => {
      if (built.content === null) return;
      const offset = feed.current().heartbeatAt === null ? undefined : -feed.current().clockOffsetMs;
      const report = observationReport.parse({
        id: draft.id,
        ...built.content,
        reportedAt: new Date().toISOString(),
        ...(offset === undefined ? {} : { deviceOffsetMs: Math.round(offset) }),
      });
      transmit(report, draft);
    },
    again: () => retry.current?.(),
    clear: () => {
      keep(newDraft());
      setRefused(null);
      setTried(false);
      setPhase({ at: 'editing' });
    },
    repeatLast: () => {
      const last = lastReport(centre.log);
      if (last === null) return;
      const { time: _, timeEnd: _end, timeError: _error, ...edits } = last.edits;
      keep({ ...newDraft(), line: withoutTime(last.line), edits });
      setPhase({ at: 'editing' });
    },
  };
}

function tokenProblems({ tokens }: QuickLine): readonly Refused[] {
  return tokens.flatMap(({ problem, fields: [field = 'time'], text }) =>
    problem === undefined ? [] : [{ field, reason: problem, message: text }],
  );
}
