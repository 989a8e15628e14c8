'use client';

import { useEffect, useRef, useState } from 'react';
import { adoptDraft, type DraftKeeper, type HeldDraft, openDraft } from './report-draft.ts';
import { holdInWindow } from './window-lock.ts';

/** This browser. */
export const HERE: DraftKeeper = {
  local: () => localStorage,
  session: () => sessionStorage,
  hold: holdInWindow,
};

export interface WindowDraft {
  /** What this window has in its hands; null until it is known. */
  readonly held: HeldDraft | null;
  /** Goes on with what another window left unsent, if any did. */
  next(): void;
}

/** @param place the log, and the version that is corrected */
export function useDraft(place: string): WindowDraft {
  const [held, setHeld] = useState<HeldDraft | null>(null);
  const hands = useRef<HeldDraft | null>(null);
  const gone = useRef(false);
  const take = useRef((found: HeldDraft | undefined) => {
    if (found === undefined) return;
    // The page was left while it asked; nobody would ever let this slot go.
    if (gone.current) return found.release();
    hands.current?.release();
    hands.current = found;
    setHeld(found);
  });
  const fail = useRef((error: unknown) =>
    setHeld(() => {
      throw error;
    }),
  );
  useEffect(() => {
    gone.current = false;
    openDraft(HERE, place).then(take.current, fail.current);
    return () => {
      gone.current = true;
      hands.current?.release();
      hands.current = null;
    };
  }, [place]);
  return { held, next: () => void adoptDraft(HERE, place).then(take.current, fail.current) };
}
