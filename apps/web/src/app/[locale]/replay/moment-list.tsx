'use client';

import type { LogEntry } from '@ceasewatch/api/contract/log';
import { useQueries } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { clock, dayOrDate, millis } from '../../../format/instants.ts';
import { whole } from '../../../format/numbers.ts';
import { KindGlyph } from '../../../glyphs/kind-glyph.tsx';
import { logOf, useGeneration, useLiveValue } from '../../../live/use-live.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import { eventSentence } from '../log/event-sentence.ts';
import { askBlock, BLOCK } from './log-blocks.ts';
import {
  drawnRange,
  inSight,
  MOST_ROWS,
  NOTHING_SEEN,
  ROW_PX,
  scrolledSight,
  type Sight,
} from './row-window.ts';
import type { Hands } from './use-hands.ts';
import { useListBlocks } from './use-list-blocks.ts';
import type { Replay } from './use-replay.ts';
import styles from './list.module.css';

/**
 * The log around the moment, oldest first, each event a way to itself. Events after the moment have
 * their numbers only: what they say was not known.
 */
export function MomentList({ replay, hands }: { readonly replay: Replay; readonly hands: Hands }) {
  const t = useTranslations('replay.list');
  const { zone } = useCentre();
  const { head } = replay;
  const here = replay.shown.asOf ?? head;
  const rows = head + 1;
  const place = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState<Sight>(() => inSight(here, NOTHING_SEEN, rows));
  // The row of the moment is always in sight; who scrolls away from it stays there until it moves.
  const [followed, setFollowed] = useState({ here, known: false });
  // Nothing is in sight before the list has a size and is known to reach as far.
  const known = seen.height > 0 && here < rows;
  const follows = followed.here !== here || followed.known !== known;
  const sight = follows ? inSight(here, seen, rows) : seen;
  if (follows) {
    setFollowed({ here, known });
    setSeen(sight);
  }
  const { base, top, height } = sight;
  const [first, last] = drawnRange(top, height, base, rows);
  const entries = useEntries(useListBlocks(first, last, rows, replay.playing), head);

  /** Where the page was scrolled to last: to ask it would lay it out. */
  const scrolledTo = useRef(0);
  useLayoutEffect(() => {
    if (scrolledTo.current === top) return undefined;
    // Whoever scrolls lays the page out: in the frame that lays it out anyway, and once for all its changes.
    const frame = requestAnimationFrame(() => {
      scrolledTo.current = top;
      if (place.current !== null) place.current.scrollTop = top;
    });
    return () => cancelAnimationFrame(frame);
  }, [top]);

  useEffect(() => {
    const list = place.current;
    if (list === null) return undefined;
    const observer = new ResizeObserver(([entry]) =>
      setSeen((now) => ({ ...now, height: entry?.contentRect.height ?? now.height })),
    );
    observer.observe(list);
    return () => observer.disconnect();
  }, []);

  const scrolled = () => {
    const list = place.current;
    // What this list scrolled itself is drawn already.
    if (list === null || Math.abs(list.scrollTop - scrolledTo.current) < 1) return;
    scrolledTo.current = list.scrollTop;
    setSeen(scrolledSight(list.scrollTop, sight, rows));
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
              // What leaves the one end comes in at the other: to make rows anew costs most of a played state.
              key={seq % count}
              seq={seq}
              top={(seq - base) * ROW_PX}
              entry={seq <= here ? entries.get(seq) : undefined}
              state={seq === here ? 'here' : seq < here ? 'known' : 'later'}
              failed={entries.failed}
              onGo={hands.jump}
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
