'use client';

import { whole } from '../../../format/numbers.ts';
import { changeAddress } from '../../../shell/change-address.ts';
import { replayMoved } from './replay-address.ts';
import styles from './difference.module.css';

/** An event by its number: there it is looked at, as the log stood right after it. */
export function EventLink({ seq }: { readonly seq: number }) {
  return (
    <button
      type="button"
      className={styles.eventLink}
      onClick={() => changeAddress((now) => replayMoved(now, { asOf: seq, comparing: false }))}
    >
      #{whole(seq)}
    </button>
  );
}
