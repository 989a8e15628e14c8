'use client';

import type { LogEntry } from '@ceasewatch/api/contract/log';
import { useQueries } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { memo, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { clock, dayOrDate, millis } from '../../../format/instants.ts';
import { whole } from '../../../format/numbers.ts';
import { KindGlyph } from '../../../glyphs/kind-glyph.tsx';
import { logOf, useGeneration, useLiveValue } from '../../../live/use-live.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import { eventSentence } from '../log/event-sentence.ts';
import { askBlock, BLOCK, blocksOf } from './log-blocks.ts';
import { baseAround, drawnRange, isNearEnd, MOST_ROWS, ROW_PX } from './row-window.ts';
import type { Replay } from './use-replay.ts';
import styles from './list.module.css';

/**
 * The log around the moment, oldest first, each event a way to itself. Events after the moment have
 * their numbers only: what they say was not known.
 */
export function MomentList({ replay }: { readonly replay: Replay }) {
  const t = useTranslations('replay.list');
  const { zone } = useCentre();
  const { head, jump } = replay;
  const here = replay.shown.asOf ?? head;
  const rows = head + 1;
  const place = useRef<HTMLDivElement>(null);
  const [base, setBase] = useState(() => baseAround(here, rows));
  const [view, setView] = useState({ top: 0, height: 600 });
  /** The same at this very instant: to ask the page for it would lay it out at every step. */
  const inSight = useRef<typeof view | null>(null);
  const see = (next: typeof view) => {
    inSight.current = next;
    setView(next);
  };
  const [first, last] = drawnRange(view.top, view.height, base, rows);
  const entries = useEntries(rows === 0 ? [] : blocksOf(first, last), head);

  const goTo = useRef(jump);
  useEffect(() => {
    goTo.current = jump;
  });
  const go = useCallback((seq: number) => goTo.current(seq), []);

  // The row of the moment is always in sight; the window of rows moves along with it.
  useLayoutEffect(() => {
    const list = place.current;
    if (list === null) return;
    const from = isNearEnd(here, base, rows) ? baseAround(here, rows) : base;
    if (from !== base) setBase(from);
    const top = (here - from) * ROW_PX;
    inSight.current ??= { top: list.scrollTop, height: list.clientHeight };
    const { top: scrolledTo, height } = inSight.current;
    const seen =
      from === base && top >= scrolledTo + ROW_PX && top <= scrolledTo + height - 3 * ROW_PX;
    if (seen) return;
    list.scrollTop = Math.max(0, top - height * 0.6);
    see({ top: list.scrollTop, height });
  }, [here, base, rows]);

  useEffect(() => {
    const list = place.current;
    if (list === null) return undefined;
    const sized = new ResizeObserver(() => see({ top: list.scrollTop, height: list.clientHeight }));
    sized.observe(list);
    return () => sized.disconnect();
  }, []);

  const scrolled = () => {
    const list = place.current;
    if (list === null) return;
    const row = base + Math.floor(list.scrollTop / ROW_PX);
    if (!isNearEnd(row, base, rows)) return see({ top: list.scrollTop, height: list.clientHeight });
    const from = baseAround(row, rows);
    list.scrollTop += (base - from) * ROW_PX;
    setBase(from);
    see({ top: list.scrollTop, height: list.clientHeight });
  };
  const count = rows === 0 ? 0 : last - first + 1;
  return (
    <section className={`${styles.panel} no-print`} aria-label={t('label')}>
      <div className={styles.columns} aria-hidden>
        <span>#</span>
        <span>
          {t('columns')} · {zone}
        </span>
      </div>
      <div ref={place} className={styles.scroll} tabIndex={-1} onScroll={scrolled}>
        <ol style={{ height: Math.min(rows, MOST_ROWS) * ROW_PX }}>
          {Array.from({ length: count }, (_, at) => first + at).map((seq) => (
            <Row
              key={seq}
              seq={seq}
              top={(seq - base) * ROW_PX}
              entry={seq <= here ? entries.get(seq) : undefined}
              state={seq === here ? 'here' : seq < here ? 'known' : 'later'}
              failed={entries.failed}
              onGo={go}
            />
          ))}
        </ol>
      </div>
    </section>
  );
}

interface Entries {
  readonly failed: boolean;
  get(seq: number): LogEntry | undefined;
}

function useEntries(blocks: readonly number[], head: number): Entries {
  const log = useLiveValue(logOf);
  const generation = useGeneration();
  const answers = useQueries({
    queries: blocks.map((block) => askBlock(block, head, log, generation)),
  });
  return {
    failed: answers.some(({ isError }) => isError),
    get: (seq) => {
      const at = blocks.indexOf(Math.floor(seq / BLOCK));
      return answers[at]?.data?.find((entry) => entry.seq === seq);
    },
  };
}

/** Most events are reports, and need not say so each time. */
const RECORDED = 'observation.recorded.v1';

const Row = memo(function Row({
  seq,
  top,
  entry,
  state,
  failed,
  onGo,
}: {
  readonly seq: number;
  readonly top: number;
  readonly entry: LogEntry | undefined;
  readonly state: 'known' | 'here' | 'later';
  readonly failed: boolean;
  readonly onGo: (seq: number) => void;
}) {
  const words = useTranslations();
  const t = useTranslations('replay.list');
  const locale = useLocale();
  const { names, zone } = useCentre();
  const told = entry === undefined ? null : eventSentence(entry, { words, names, zone, locale });
  const ms = entry === undefined ? 0 : millis(entry.envelope.time);
  return (
    <li className={styles.row} data-state={state} style={{ top }}>
      <button
        type="button"
        aria-current={state === 'here' ? 'true' : undefined}
        onClick={() => onGo(seq)}
      >
        <span className={styles.seq}>#{whole(seq)}</span>
        {entry !== undefined && (
          <time dateTime={entry.envelope.time}>
            {dayOrDate(ms, zone, ms)} {clock(ms, zone)}
          </time>
        )}
        {told === null ? (
          <span className={state === 'later' ? 'heard' : styles.waiting}>
            {t(state === 'later' ? 'later' : failed ? 'failed' : 'loading')}
          </span>
        ) : (
          <span className={styles.sentence} title={`${told.lead} — ${told.rest}`}>
            {told.group !== null && <KindGlyph group={told.group} />}
            {entry?.envelope.type !== RECORDED && <b>{told.lead}</b>} {told.rest}
          </span>
        )}
      </button>
    </li>
  );
});
