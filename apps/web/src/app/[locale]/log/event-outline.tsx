'use client';

import type { LogEntry } from '@ceasewatch/api/contract/log';
import { Disclosures } from './event-disclosures.tsx';
import styles from './detail.module.css';

/** What an event holds, for reading many of them one after the other; pressed, it shows its bytes too. */
export function EventOutline({ entry }: { readonly entry: LogEntry }) {
  return (
    <div className={styles.outline}>
      <pre className={styles.json}>{JSON.stringify(entry.envelope, null, 2)}</pre>
      <Disclosures entry={entry} />
    </div>
  );
}
