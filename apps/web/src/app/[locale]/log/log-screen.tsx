'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAddress } from '../../../filter/use-address.ts';
import { mineOf, useLiveValue } from '../../../live/use-live.ts';
import { useKey } from '../../../shell/keys.ts';
import type { Place } from './log-address.ts';
import { LogFilters } from './log-filters.tsx';
import { LogList } from './log-list.tsx';
import { LogNotice } from './log-notice.tsx';
import { type LogPage, placeAround } from './log-page.ts';
import { LogToolbar } from './log-toolbar.tsx';
import { useLogAddress } from './use-log-address.ts';
import { useLogPage } from './use-log-page.ts';
import styles from './log.module.css';

/**
 * The raw log, for whoever wants to see what was really written: every event a sentence, newest first;
 * opened, its data, its exact bytes and its place in the chain. The address holds the place, so a link
 * and Back show the same events; nothing moves under the pointer, the focus or an open event.
 */
export function LogScreen() {
  const t = useTranslations('log');
  const { asOf } = useAddress();
  const mine = useLiveValue(mineOf);
  const { place, filter, selected, follows, unfolded, go } = useLogAddress();
  const [held, setHeld] = useState(false);
  const question = { place, filter, asOf };
  const live = place.at === 'newest' && follows && asOf === null;
  const { page, error, turning, retry, keepAs } = useLogPage(question, live && !held);

  const last = asOf ?? Math.max(mine, page?.head ?? -1);
  const waiting = asOf === null && page?.looked ? Math.max(0, mine - page.looked.to) : 0;
  const newer = page === undefined ? null : newerOf(page, place, waiting);
  const turn = (to: Place | null | undefined) => {
    if (to !== null && to !== undefined) go({ place: to, selected: null });
  };
  useKey('[', () => turn(page?.older));
  useKey(']', () => turn(newer));

  const toggle = (seq: number) => {
    if (seq === selected) return go({ selected: null }, 'replace');
    const looked = page?.looked ?? null;
    if (place.at !== 'newest' || page === undefined || looked === null)
      return go({ selected: seq }, 'replace');
    // What is read stays where it is, also for Back and for whoever gets the link.
    const pinned: Place = { at: 'before', seq: looked.to + 1 };
    keepAs({ ...question, place: pinned }, page);
    go({ place: pinned, selected: seq }, 'replace');
  };
  return (
    <div className={styles.screen}>
      <h1 className="heard">{t('title')}</h1>
      <LogToolbar
        page={page}
        last={last}
        live={live}
        past={asOf !== null}
        newer={newer}
        waiting={waiting}
        held={held && live}
        onTurn={turn}
        onLive={(on) =>
          go(on ? { place: { at: 'newest' }, follows: true, selected: null } : { follows: false })
        }
        unfolded={unfolded}
        onUnfold={(on) => go({ unfolded: on }, 'replace')}
        question={question}
        onGoTo={(seq) => go({ place: placeAround(seq), selected: seq, filter: {} })}
      />
      <LogFilters
        filter={filter}
        onChange={(change) => go((now) => ({ filter: change(now.filter), selected: null }))}
      />
      <LogNotice
        page={page}
        error={error}
        selected={selected}
        last={last}
        asOf={asOf}
        filtered={Object.keys(filter).length > 0}
        onRetry={retry}
        onTurn={turn}
        onClear={() => go({ filter: {} })}
      />
      {page !== undefined && page.items.length > 0 && (
        <LogList
          items={page.items}
          selected={selected}
          unfolded={unfolded}
          busy={turning}
          onToggle={toggle}
          onGo={go}
          onHold={setHeld}
          last={last}
        />
      )}
    </div>
  );
}

/** A page that ended at the head when it was read has something newer as soon as the log grows. */
function newerOf(page: LogPage, place: Place, waiting: number): Place | null {
  if (page.newer !== null) return page.newer;
  if (waiting === 0 || place.at === 'newest' || page.looked === null) return null;
  return { at: 'after', seq: page.looked.to };
}
