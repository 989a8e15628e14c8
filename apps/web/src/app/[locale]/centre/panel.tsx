import type { ReactNode } from 'react';
import { Term } from '../../../help/term.tsx';
import type { TermId } from '../../../help/terms.ts';
import styles from './centre.module.css';

/** One block of the centre: its title, the word behind it, what it holds. */
export function Panel({
  title,
  note,
  term,
  area,
  children,
}: {
  readonly title: string;
  readonly note?: string;
  readonly term?: TermId;
  readonly area: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.panel} data-area={area}>
      <div className={styles.head}>
        <h2>{title}</h2>
        {term !== undefined && <Term id={term} />}
        {note !== undefined && <span className={styles.note}>{note}</span>}
      </div>
      {children}
    </section>
  );
}
