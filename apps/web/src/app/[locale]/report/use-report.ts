'use client';

import type { CentreAnswer, CentreOfficer } from '@ceasewatch/api/contract/centre';
import type { Receipt } from '@ceasewatch/api/contract/observation';
import type { CorrectionReason } from '@ceasewatch/domain/observation/vocabulary';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ApiProblem } from '../../../api/api-problem.ts';
import type { TimeRules } from '../../../format/entered-minute.ts';
import type { Told } from '../../../format/sentence.ts';
import { nextTry } from '../../../live/next-try.ts';
import { useLiveFeed } from '../../../live/use-live.ts';
import { useMinute } from '../../../live/use-now.ts';
import { type Correction, untouched } from './correction.ts';
import { contextOf } from './centre-as-state.ts';
import { parseQuickLine, type QuickLine, withoutTime } from './quick-line.ts';
import type { ReportProblem } from './form-problems.ts';
import { buildContent } from './report-content.ts';
import {
  begunAt,
  type HeldDraft,
  isEmpty,
  keepDraft,
  keepLastReport,
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
import { HERE } from './use-draft.ts';

/** One report from the first letter to its receipt. */
export type ReportPhase =
  | { readonly at: 'editing' }
  | { readonly at: 'reading_back' }
  | { readonly at: 'sending'; readonly attempt: number; readonly problem: ApiProblem | null }
  | {
      readonly at: 'receipt';
      readonly receipt: Receipt;
      readonly replayed: boolean;
      /** What was sent, as it would be and as it was typed; not known after a reload. */
      readonly told: { readonly report: Told; readonly fields: ReportFields } | null;
    };

/** Why it is corrected. */
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
  /** The observation that stands in the way of what was refused. */
  readonly lookAt: string | null;
  /** Somebody asked to read it back: what is missing is said from now on. */
  readonly tried: boolean;
  /** The browser keeps nothing: a crash would lose this report. */
  readonly unkept: boolean;
  readonly canRepeat: boolean;
  /** When the text that was brought back was begun, ms; null once it is touched. */
  readonly restoredFrom: number | null;
  /** What times are read by. */
  readonly times: TimeRules;
  setLine(line: string): void;
  edit(edits: Edits): void;
  readBack(): void;
  back(): void;
  /** @param why null for a new report */
  send(why: CorrectionTold | null): void;
  again(): void;
  clear(): void;
  repeatLast(): void;
}

/** Under which name a draft is kept: the log, and the version that is corrected. */
export function draftPlace(log: string, correction: Correction | undefined): string {
  if (correction === undefined) return log;
  return `${log}.${correction.observation}.${correction.version}`;
}

/**
 * @param held the draft that this window has in its hands
 * @param correction what is being corrected; without it the report is a new one
 */
export function useReport(
  centre: CentreAnswer,
  officer: CentreOfficer,
  held: HeldDraft,
  correction?: Correction,
): ReportView {
  const place = draftPlace(centre.log, correction);
  const feed = useLiveFeed();
  const minute = useMinute();
  const [draft, setDraft] = useState<ReportDraft>(held.draft);
  const [phase, setPhase] = useState<ReportPhase>({ at: 'editing' });
  const [refused, setRefused] = useState<ApiProblem | null>(null);
  const [lookAt, setLookAt] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const [unkept, setUnkept] = useState(false);
  const retry = useRef<(() => void) | null>(null);
  const left = useRef(false);

  const quick = useMemo(() => parseQuickLine(draft.line), [draft.line]);
  const fields = useMemo(
    () => fieldsOf({ ...correction?.fields, ...quick.fields }, draft.edits),
    [correction, quick, draft.edits],
  );
  const [opened] = useState(() => Date.now());
  // What is read back stands still until it is sent: "now" is the minute that was read out.
  const [readAt, setReadAt] = useState<number | null>(null);
  const now = readAt ?? (minute === 0 ? opened : minute);
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
    setUnkept(!keepDraft(HERE, place, held.slot, next));
  };

  const transmit = (
    report: SentReport,
    from: ReportDraft,
    told: { readonly report: Told; readonly fields: ReportFields } | null,
  ) => {
    setRefused(null);
    setPhase({ at: 'sending', attempt: 1, problem: null });
    keep({ ...from, sent: report });
    sendReport(report, (attempt, problem) => {
      // The form was left: its draft stays as it was sent, and whoever opens it sends it again.
      if (left.current) return Promise.reject(problem);
      const next = nextTry(feed, pauseMs(attempt));
      retry.current = next.now;
      setPhase({ at: 'sending', attempt: attempt + 1, problem });
      return next.due;
    }).then(
      ({ receipt, replayed }) => {
        if (left.current) return;
        if (correction === undefined) keepLastReport(HERE, centre.log, from);
        keep(newDraft());
        setTried(false);
        setPhase({ at: 'receipt', receipt, replayed, told });
      },
      (error: unknown) => {
        if (left.current) return;
        // A definite no: nothing was recorded, and what was typed can be mended. An id that is taken
        // would be refused for ever, so what is sent next has another.
        const taken = error instanceof ApiProblem && error.code === 'id_reused';
        keep({ ...from, sent: null, ...(taken ? { id: newDraft().id } : {}) });
        const stale = error instanceof ApiProblem && error.code === 'revision_conflict';
        setLookAt(taken || stale ? (correction?.observation ?? from.id) : null);
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
    left.current = false;
    const open = unanswered.current;
    unanswered.current = null;
    if (open?.sent !== undefined && open?.sent !== null) resume.current(open.sent, open, null);
    return () => {
      left.current = true;
    };
  }, []);

  return {
    line: draft.line,
    quick,
    fields,
    preview: { ...preview, problems },
    phase,
    refused,
    lookAt,
    tried,
    unkept,
    restoredFrom: draft === held.draft && !isEmpty(draft) ? begunAt(draft) : null,
    times: { now, zone: centre.zone },
    canRepeat:
      correction === undefined && draft.line === '' && lastReport(HERE, centre.log) !== null,
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
      if (preview.told === null || problems.length > 0) return;
      setReadAt(now);
      setPhase({ at: 'reading_back' });
    },
    back: () => {
      setReadAt(null);
      setPhase({ at: 'editing' });
    },
    send: (why) => {
      if (built.content === null || preview.told === null) return;
      const told = { report: preview.told, fields };
      setReadAt(null);
      const offset =
        feed.current().heartbeatAt === null ? undefined : -feed.current().clockOffsetMs;
      const content = {
        reportedAt: new Date().toISOString(),
        ...(offset === undefined ? {} : { deviceOffsetMs: Math.round(offset) }),
        ...built.content,
      };
      if (correction === undefined || why === null) {
        transmit({ path: '/api/observations', body: { id: draft.id, ...content } }, draft, told);
        return;
      }
      const { observation, version: corrects, revision } = correction;
      const { reason, explanation } = why;
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
        told,
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
      const last = lastReport(HERE, centre.log);
      if (last === null) return;
      const { time: _, timeEnd: _end, timeError: _error, ...edits } = last.edits;
      keep({ ...newDraft(), line: withoutTime(last.line), edits });
      setPhase({ at: 'editing' });
    },
  };
}

function tokenProblems({ tokens }: QuickLine): readonly ReportProblem[] {
  return tokens.flatMap(({ problem, fields: [field = 'count'], text }) =>
    problem === undefined ? [] : [{ field, fault: problem, text }],
  );
}
