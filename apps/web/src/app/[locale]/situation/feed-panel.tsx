'use client';

import { Icon } from '../../../glyphs/icon.tsx';
import { useTranslations } from 'next-intl';
import {
  memo,
  type UIEvent,
  useCallback,
  useContext,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { isFiltered } from '../../../filter/filter-query.ts';
import { LinkedMoment, MovingMoment } from '../../../filter/moment.ts';
import { useAddress, useView } from '../../../filter/use-address.ts';
import { whole } from '../../../format/numbers.ts';
import { useKey } from '../../../shell/keys.ts';
import { usePrinting } from '../../../theme/use-printing.ts';
import { FeedDigest } from './feed-digest.tsx';
import { FeedRow } from './feed-row.tsx';
import { FEED_CAP } from './feed-rows.ts';
import { PanelFailure } from './panel-failure.tsx';
import { type FeedView, useFeed } from './use-feed.ts';
import styles from './situation.module.css';
import own from './feed-panel.module.css';

const NEAR_END_PX = 240;
/** Rows that stand there at first, and come at the end each time: a browser lays out all that there are. */
const STEP_ROWS = 60;
/** No keyboard has it. */
const NO_KEY = 'none';

/**
 * What was recorded, newest first, as it comes. It stands still while it is paused, hovered, focused or
 * scrolled, and says how many are waiting; nobody loses the row they are reading.
 */
export function FeedPanel({
  since,
  pausesBy = ' ',
}: {
  readonly since: string | null;
  /** The key that pauses it; null where that key does something else. */
  readonly pausesBy?: string | null;
}) {
  const t = useTranslations('situation.feed');
  const [paused, setPaused] = useState(false);
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  const { asOf, until, filter, window, selected, select } = useAddress();
  const here = useMemo(() => ({ asOf, until }), [asOf, until]);
  const linked = useContext(LinkedMoment) ?? here;
  const toggle = useToggle(selected, select);
  const still = paused || hovered || focused || scrolled;
  const feed = useFeed(still, since);
  useKey(pausesBy ?? NO_KEY, () => setPaused(!paused));
  const sliced = useDeferredValue(feed.rows);
  const fresh = useDeferredValue(feed.fresh);
  // Rows of a moment that moves come with its figures: drawn by themselves they would cost a frame more.
  const all = useContext(MovingMoment) === null ? sliced : feed.rows;
  const [depth, setDepth] = useState(STEP_ROWS);
  const drawn = usePrinting() ? all.length : depth;
  const rows = useMemo(() => all.slice(0, drawn), [all, drawn]);
  const more = all.length > drawn;
  const further = () => (more ? setDepth(drawn + STEP_ROWS) : feed.older());
  const loading = feed.loading || (rows.length === 0 && feed.rows.length > 0);
  const waiting = `${whole(feed.waiting)}${feed.waitingMore ? '+' : ''}`;
  const onScroll = ({ currentTarget }: UIEvent<HTMLElement>) => {
    const { scrollTop, scrollHeight, clientHeight } = currentTarget;
    setScrolled(scrollTop > 4);
    if (scrollTop <= 4 && !focused) setDepth(STEP_ROWS);
    else if (scrollHeight - scrollTop - clientHeight < NEAR_END_PX && (more || feed.hasOlder))
      further();
  };
  return (
    <section className={`${styles.panel} ${styles.feed} ${styles.dim}`} aria-label={t('title')}>
      <div className={own.head}>
        <h2>{asOf === null ? t('title') : t('titlePast')}</h2>
        <span className={styles.note}>{t('order')}</span>
        {feed.waiting > 0 && (
          <button
            type="button"
            className={`${own.waiting} no-print`}
            title={t('show', { n: waiting })}
            onClick={feed.showWaiting}
          >
            {t('waiting', { n: waiting })}
          </button>
        )}
        {paused && <span className={own.paused}>{t('paused')}</span>}
        {asOf === null && (
          <button
            type="button"
            className={`${own.pause} no-print`}
            aria-pressed={paused}
            aria-label={t('pause')}
            title={paused ? t('resume') : t('pause')}
            onClick={() => setPaused(!paused)}
          >
            {paused ? <Icon name="player-play" size={1} /> : <Icon name="player-pause" size={1} />}
          </button>
        )}
      </div>
      <div
        className={own.scroll}
        tabIndex={0}
        onMouseEnter={() => setHovered(true)}
        onMouseLeave={() => setHovered(false)}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onScroll={onScroll}
      >
        {loading && <Blank />}
        {feed.error !== null && <PanelFailure error={feed.error} onRetry={feed.retry} />}
        {!loading && feed.error === null && rows.length === 0 && (
          <p className={own.message}>
            {t(isFiltered(filter) ? 'empty' : window === 'all' ? 'emptyLog' : 'emptyWindow')}
          </p>
        )}
        <LinkedMoment value={linked}>
          <Rows rows={rows} fresh={fresh} selected={selected} onSelect={toggle} />
        </LinkedMoment>
        {rows.length > 0 && <End feed={feed} more={more} onOlder={further} />}
      </div>
      <FeedDigest />
    </section>
  );
}

/** Drawn in slices: news keep no key waiting. */
const Rows = memo(function Rows({
  rows,
  fresh,
  selected,
  onSelect,
}: Pick<FeedView, 'rows' | 'fresh'> & {
  readonly selected: string | null;
  onSelect(id: string): void;
}) {
  return (
    <ol>
      {rows.map((row) => (
        <FeedRow
          key={row.id}
          row={row}
          fresh={fresh.has(row.id)}
          selected={row.id === selected}
          onSelect={onSelect}
        />
      ))}
    </ol>
  );
});

/** The same function for as long as the panel lives, or every row would be drawn at every change. */
function useToggle(
  selected: string | null,
  select: (id: string | null) => void,
): (id: string) => void {
  const latest = useRef({ selected, select });
  useEffect(() => {
    latest.current = { selected, select };
  });
  return useCallback((id) => {
    const { selected: open, select: go } = latest.current;
    go(id === open ? null : id);
  }, []);
}

function End({
  feed,
  more,
  onOlder,
}: {
  readonly feed: FeedView;
  /** There are rows that are not drawn yet. */
  readonly more: boolean;
  onOlder(): void;
}) {
  const t = useTranslations('situation.feed');
  const { window, setWindow } = useView();
  if (feed.loadingOlder) return <p className={own.message}>{t('loadingOlder')}</p>;
  if (more || feed.hasOlder) {
    return (
      <p className={`${own.message} no-print`}>
        <button type="button" className={styles.textButton} onClick={onOlder}>
          {t('older')}
        </button>
      </p>
    );
  }
  if (feed.rows.length >= FEED_CAP)
    return <p className={own.message}>{t('cap', { n: whole(FEED_CAP) })}</p>;
  if (window === 'all') return <p className={own.message}>{t('endOfAll')}</p>;
  return (
    <p className={own.message}>
      {t('end')}{' '}
      <button
        type="button"
        className={`${styles.textButton} no-print`}
        onClick={() => setWindow('all')}
      >
        {t('all')}
      </button>
    </p>
  );
}

/** As tall as rows will be, so that nothing jumps when they come. */
function Blank() {
  return (
    <div aria-busy="true">
      {Array.from({ length: 8 }, (_, index) => (
        <div key={index} className={own.blank} />
      ))}
    </div>
  );
}
