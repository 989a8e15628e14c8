import styles from './page-blank.module.css';

/**
 * The places of a page whose answer is on its way: its heading, what is worked on and what stands beside
 * it, where they will be.
 *
 * @param label says aloud what is coming; without one somebody else says it
 */
export function PageBlank({ label }: { readonly label?: string }) {
  return (
    <div
      className={styles.page}
      {...(label === undefined ? {} : { role: 'status', 'aria-label': label })}
    >
      <i />
      <div className={styles.columns}>
        <div>
          <i />
          <i />
          <i />
        </div>
        <div>
          <i />
          <i />
        </div>
      </div>
    </div>
  );
}
