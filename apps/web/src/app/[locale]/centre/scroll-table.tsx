import type { ReactNode } from 'react';
import styles from './centre.module.css';

/** A table that may be wider than a hand: it scrolls by itself, also from the keyboard. */
export function ScrollTable({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={styles.table}>{children}</table>
    </div>
  );
}
