import type { Change } from '@ceasewatch/domain/situation/observation-row';
import { useEffect, useRef, useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { logOf, useChanges, useLiveValue } from '../live/use-live.ts';
import { settings } from '../settings/settings.ts';
import { chime } from '../shell/chime.ts';
import { isFirstSighting, readLog } from './first-sighting.ts';
import { seriousAtOnce, type SeriousEvent, weaponTold } from './serious-event.ts';
import {
  NONE_UNSEEN,
  type UnseenEvents,
  withChanges,
  withEvent,
  withoutNewest,
} from './unseen-events.ts';

/**
 * The serious events of this tab, gathered on whatever screen one is: it stands in the shell, so opening
 * one of them takes none away. Those of another log are not this one's.
 */
export function useUnseenEvents(): readonly [UnseenEvents, () => void] {
  const log = useLiveValue(logOf);
  const [state, setState] = useState({ log, unseen: NONE_UNSEEN });
  const latest = useRef(state);
  const change = (next: (unseen: UnseenEvents) => UnseenEvents) => {
    const before = latest.current;
    const unseen = next(before.log === log ? before.unseen : NONE_UNSEEN);
    // Most changes are none here, and React is told of none: it would keep each, with all that it holds,
    // until the whole frame of the page is drawn next, which may be in a week.
    if (before.log === log && before.unseen === unseen) return;
    latest.current = { log, unseen };
    setState(latest.current);
  };
  const raise = (event: SeriousEvent) => {
    change((unseen) => withEvent(unseen, event));
    if (settings().sound) chime();
  };
  useEffect(() => {
    if (log !== null) readLog(log);
  }, [log]);
  useChanges((changes) => {
    change((unseen) => withChanges(unseen, changes));
    for (const each of changes) judge(each, raise);
  });
  return [state.log === log ? state.unseen : NONE_UNSEEN, () => change(withoutNewest)];
}

function judge(change: Change, raise: (event: SeriousEvent) => void): void {
  const serious = seriousAtOnce(change);
  if (serious !== null) raise(serious);
  const weapon = weaponTold(change);
  const row = change.after;
  if (weapon === null || row === null) return;
  isFirstSighting(weapon, row).then(
    (first) => {
      if (first) raise({ reason: 'firstWeapon', weapon, row });
    },
    (error: unknown) => {
      // Whether it was the first could not be asked: then nothing is claimed.
      if (!(error instanceof ApiProblem)) reportError(error);
    },
  );
}
