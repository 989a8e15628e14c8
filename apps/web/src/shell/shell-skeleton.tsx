import { CATALOGUES } from '../locales.ts';
import styles from './shell.module.css';

/** The frame before the page knows its address: what stands in the exported file. */
export function ShellSkeleton() {
  return (
    <div className={styles.shell}>
      <header className={styles.bar}>
        <span className={styles.product}>{CATALOGUES.en.product.name}</span>
      </header>
      <main className={styles.main} aria-busy="true" />
    </div>
  );
}
