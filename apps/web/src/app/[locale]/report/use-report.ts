'use client';

import type { CentreAnswer, CentreOfficer, Receipt } from '@ceasewatch/api/contract';
import type { CorrectionReason } from '@ceasewatch/domain/observation/vocabulary';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ApiProblem } from '../../../api/api-problem.ts';
import type { Told } from '../../../format/sentence.ts';
import { useLiveFeed } from '../../../live/use-live.ts';
import { useMinute } from '../../../live/use-now.ts';
import { type Correction, untouched } from './correction.ts';
import { contextOf } from './centre-as-state.ts';
import { parseQuickLine, type QuickLine, withoutTime } from './quick-line.ts';
import type { ReportProblem } from './form-problems.ts';
import { buildContent } from './report-content.ts';
import {
  keepDraft,
  keepLastReport,
  keptDraft,
  lastReport,
  newDraft,
  type ReportDraft,
} from './report-draft.ts';
import {
  type Edits,
  editsAfterLine,
  type FieldName,
  fieldsOf,
  type ReportFields,
} from './report-fields.ts';
import { type Preview, previewOf } from './report-preview.ts';
import { pauseMs, sendReport, type SentReport } from './send-report.ts';

/** One report from the first letter to its receipt. */
export type ReportPhase =
  | { readonly at: 'editing' }
  | { readonly at: 'reading_back' }
  | { readonly at: 'sending'; readonly attempt: number; readonly problem: ApiProblem | null }
  | {
      readonly at: 'receipt';
      readonly receipt: Receipt;
      readonly replayed: boolean;
      readonly told: Told | null;
    };

/** Why it is corrected; a new report has no use for it. */
export interface CorrectionTold {
  readonly reason: CorrectionReason;
  readonly explanation: string;
}

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
  send(told: CorrectionTold): void;
  again(): void;
  clear(): void;
  repeatLast(): void;
}

/** @param correction what is being corrected; without it the report is a new one */
export function useReport(
  centre: CentreAnswer,
  officer: CentreOfficer,
  correction?: Correction,
): ReportView {
  const place =
    correction === undefined
      ? centre.log
      : `${centre.log}.${correction.observation}.${correction.version}`;
  const feed = useLiveFeed();
  const minute = useMinute();
  const [draft, setDraft] = useState<ReportDraft>(() => keptDraft(place));
  const [phase, setPhase] = useState<ReportPhase>({ at: 'editing' });
  const [refused, setRefused] = useState<ApiProblem | null>(null);
  const [tried, setTried] = useState(false);
  const [unkept, setUnkept] = useState(false);
  const retry = useRef<(() => void) | null>(null);

  const quick = useMemo(() => parseQuickLine(draft.line), [draft.line]);
  const fields = useMemo(
    () => fieldsOf({ ...correction?.fields, ...quick.fields }, draft.edits),
    [correction, quick, draft.edits],
  );
  const [opened] = useState(() => Date.now());
  const now = minute === 0 ? opened : minute;
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
    const touched = new Set([
      ...Object.keys(quick.fields),
      ...Object.keys(draft.edits),
    ] as FieldName[]);
    const kept = correction === undefined ? {} : untouched(correction.content, touched);
    const made = buildContent({ ...fields, line: fields.line ?? line }, rules, draft.line, kept);
    return { built: made, preview: previewOf(made, contextOf(centre, officer, now)) };
  }, [fields, quick, draft.edits, draft.line, centre, officer, now, correction]);
  const problems = useMemo(() => [...tokenProblems(quick), ...preview.problems], [quick, preview]);

  const keep = (next: ReportDraft) => {
    setDraft(next);
    setUnkept(!keepDraft(place, next));
  };

  const transmit = (report: SentReport, from: ReportDraft, told: Told | null) => {
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
        if (correction === undefined) keepLastReport(centre.log, from);
        keep(newDraft());
        setTried(false);
        setPhase({ at: 'receipt', receipt, replayed, told });
      },
      (error: unknown) => {
        // A definite no: nothing was recorded under this id, and what was typed can be mended.
        keep({ ...from, sent: null });
        setRefused(
          error instanceof ApiProblem ? error : new ApiProblem('internal', 0, String(error), null),
        );
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
    if (open?.sent !== undefined && open?.sent !== null) resume.current(open.sent, open, null);
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
    canRepeat: correction === undefined && draft.line === '' && lastReport(centre.log) !== null,
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
    send: ({ reason, explanation }) => {
      if (built.content === null) return;
      const offset =
        feed.current().heartbeatAt === null ? undefined : -feed.current().clockOffsetMs;
      const content = {
        reportedAt: new Date().toISOString(),
        ...(offset === undefined ? {} : { deviceOffsetMs: Math.round(offset) }),
        ...built.content,
      };
      if (correction === undefined) {
        transmit(
          { path: '/api/observations', body: { id: draft.id, ...content } },
          draft,
          preview.told,
        );
        return;
      }
      const { observation, version: corrects, revision } = correction;
      const body = {
        id: draft.id,
        corrects,
        reason,
        ...(explanation === '' ? {} : { explanation }),
        content,
      };
      transmit(
        { path: `/api/observations/${observation}/corrections`, body, revision },
        draft,
        preview.told,
      );
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

function tokenProblems({ tokens }: QuickLine): readonly ReportProblem[] {
  return tokens.flatMap(({ problem, fields: [field = 'time'], text }) =>
    problem === undefined ? [] : [{ field, fault: problem, text }],
  );
}
