import styles from './shell.module.css';

/** The frame before the page knows its address: what stands in the exported file. */
export function ShellSkeleton({ product }: { readonly product: string }) {
  return (
    <div className={styles.shell}>
      <header className={styles.bar}>
        <span className={styles.product}>{product}</span>
      </header>
      <main className={styles.main} aria-busy="true" />
    </div>
  );
}
