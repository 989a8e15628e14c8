import { useEffect, useMemo, useState } from 'react';
import { useTranslations } from 'next-intl';
import { wholeIn } from '../../../format/numbers.ts';
import { age } from '../../../format/quantities.ts';
import { logOf, mineOf, useLiveValue } from '../../../live/use-live.ts';
import { useMinute } from '../../../live/use-now.ts';

/** How far this device had read the log when the replay was opened before; kept on the device alone. */
export interface LastLook {
  readonly seq: number;
  /** How long ago, in words. */
  readonly age: string;
}

interface Kept {
  readonly seq: number;
  readonly at: number;
}

const KEY = 'ceasewatch.looked';

/** The look before this one; what is looked at now is kept for the next. */
export function useLastLook(): LastLook | null {
  const words = useTranslations();
  const log = useLiveValue(logOf);
  const mine = useLiveValue(mineOf);
  const now = useMinute();
  const [before, setBefore] = useState<{ readonly log: string; readonly kept: Kept | null } | null>(
    null,
  );
  useEffect(() => {
    if (log === null) return;
    setBefore({ log, kept: readKept(localStorage.getItem(`${KEY}.${log}`)) });
  }, [log]);
  useEffect(() => {
    // Not before the look before this one has been read.
    if (log === null || mine < 0 || before?.log !== log || now === 0) return;
    localStorage.setItem(`${KEY}.${log}`, `${mine} ${now}`);
  }, [log, mine, before, now]);
  const kept = before?.kept ?? null;
  const isKnown = kept !== null && kept.seq <= mine;
  return useMemo(
    () => (isKnown ? { seq: kept.seq, age: age(Math.max(0, now - kept.at), words) } : null),
    [isKnown, kept, now, words],
  );
}

/** What another version of this screen left there is no look. */
export function readKept(text: string | null): Kept | null {
  const [seq = null, at = null] = (text ?? '').split(' ').map(wholeIn);
  return seq === null || at === null ? null : { seq, at };
}
