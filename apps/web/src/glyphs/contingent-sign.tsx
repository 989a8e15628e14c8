import styles from './contingent-sign.module.css';

/** Contingents are told apart by an outline, square or circle, in the text's own colour. */
export function ContingentSign({ sign }: { readonly sign: 'square' | 'circle' }) {
  return (
    <svg className={styles.sign} viewBox="0 0 12 12" aria-hidden>
      {sign === 'square' ? (
        <rect x="1.5" y="1.5" width="9" height="9" />
      ) : (
        <circle cx="6" cy="6" r="4.7" />
      )}
    </svg>
  );
}
