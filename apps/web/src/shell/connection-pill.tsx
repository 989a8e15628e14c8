'use client';

import { Popover } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useDeferredValue } from 'react';
import { useAddress } from '../filter/use-address.ts';
import { whole } from '../format/numbers.ts';
import { age } from '../format/quantities.ts';
import { shortId } from '../format/words.ts';
import type { Words } from '../format/words.ts';
import { connectionOf, type ConnectionState } from '../live/connection.ts';
import { type DeviceTime, elapsed } from '../live/device-time.ts';
import type { LiveView } from '../live/live-feed.ts';
import { useDeviceNow } from '../live/use-now.ts';
import { useLive } from '../live/use-live.ts';
import styles from './connection-pill.module.css';

const CLOCK_TOLERANCE_MS = 2_000;

/** Whether the picture is live, in a word and a shape; a click tells the numbers behind it. */
export function ConnectionPill() {
  const t = useTranslations();
  // With the rows that it counts: a frame of its own would draw the page twice.
  const view = useDeferredValue(useLive());
  const now = useDeviceNow();
  const { asOf } = useAddress();
  const { state, ageMs } = connectionOf(view, now, asOf !== null);
  const word = t(`live.state.${state}`);
  return (
    <Popover position="bottom-end" withArrow shadow="md">
      <Popover.Target>
        <button type="button" className={styles.pill} data-state={state} title={t('live.open')}>
          <Mark state={state} />
          <span className="heard">{t('live.connection')}</span>
          {word}
          <span className={styles.detail}>{detail(state, view, now, ageMs, asOf, t)}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <Facts view={view} now={now} />
      </Popover.Dropdown>
    </Popover>
  );
}

function detail(
  state: ConnectionState,
  view: LiveView,
  now: DeviceTime,
  ageMs: number,
  asOf: number | null,
  t: Words,
): string {
  switch (state) {
    case 'live':
      return t('live.detail.live', { seq: whole(view.mine) });
    case 'quiet':
      return t('live.detail.quiet', { age: age(elapsed(view.changedAt ?? now, now), t) });
    case 'catching_up':
      return view.staleMs === null
        ? t('live.detail.catching_up', {
            n: whole(view.head - Math.min(view.projected, view.mine)),
          })
        : t('live.detail.catchingUpLog', { age: age(ageMs, t) });
    case 'stale':
      return t('live.detail.stale', { age: age(ageMs, t) });
    case 'offline':
      return view.retryAt === null
        ? t('live.detail.offlineNow')
        : t('live.detail.offline', {
            seconds: Math.max(0, Math.ceil((view.retryAt - now.steady) / 1000)),
          });
    case 'past':
      return t('live.detail.past', { seq: whole(asOf ?? 0) });
    case 'connecting':
      return t('live.detail.connecting');
    case 'read_only':
      return storeWords(view, t);
    default:
      return state satisfies never;
  }
}

/** One shape a state, so that colour is never needed: disc, ring, chevrons, bars, cross, clock. */
function Mark({ state }: { readonly state: ConnectionState }) {
  return (
    <svg className={styles.mark} viewBox="0 0 12 12" aria-hidden>
      <path d={SHAPES[state]} fillRule="evenodd" />
    </svg>
  );
}

const RING = 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Zm0 1.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4Z';
const SHAPES: Readonly<Record<ConnectionState, string>> = {
  live: 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Z',
  quiet: RING,
  connecting: 'M1 5h2v2H1zM5 5h2v2H5zM9 5h2v2H9z',
  catching_up: 'M1 1.5 6 6l-5 4.5zM6 1.5 11 6l-5 4.5z',
  stale: 'M6 .8 11.6 11H.4zM5.3 4.4v3.4h1.4V4.4zm0 4.2v1.3h1.4V8.6z',
  offline: 'M2.5 1 6 4.5 9.5 1 11 2.5 7.5 6 11 9.5 9.5 11 6 7.5 2.5 11 1 9.5 4.5 6 1 2.5z',
  read_only: 'M2 1h3v10H2zM7 1h3v10H7z',
  past: `${RING}M5.4 3.4h1.2v2.4l1.7 1-.6 1-2.3-1.4z`,
};

function Facts({ view, now }: { readonly view: LiveView; readonly now: DeviceTime }) {
  const t = useTranslations();
  const ago = (at: DeviceTime | null) =>
    at === null ? t('live.never') : t('live.ago', { age: age(elapsed(at, now), t) });
  const facts: readonly (readonly [string, string])[] = [
    [t('live.store'), storeWords(view, t)],
    [t('live.head'), `#${whole(view.head)}`],
    [t('live.projected'), `#${whole(view.projected)}`],
    [t('live.mine'), `#${whole(view.mine)}`],
    [t('live.heartbeat'), ago(view.heartbeatAt)],
    [t('live.lastEvent'), ago(view.changedAt)],
    [t('live.clock'), clockWords(view.clockOffsetMs, t)],
    [t('live.log'), view.log === null ? '' : `…${shortId(view.log)}`],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, fact]) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}

function storeWords({ store, damagedFrom }: LiveView, t: Words): string {
  if (damagedFrom !== null) return t('live.storeState.damagedFrom', { seq: whole(damagedFrom) });
  return t(`live.storeState.${store}`);
}

function clockWords(offsetMs: number, t: Words): string {
  const off = Math.abs(offsetMs);
  if (off < CLOCK_TOLERANCE_MS)
    return t('live.clockGood', { seconds: Math.max(1, Math.ceil(off / 1000)) });
  return offsetMs > 0
    ? t('live.clockSlow', { age: age(off, t) })
    : t('live.clockFast', { age: age(off, t) });
}
