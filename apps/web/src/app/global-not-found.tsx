import '../theme/fonts.css';
import '../theme/base.css';
import type { Metadata } from 'next';
import { CATALOGUES, DEFAULT_LOCALE } from '../locales.ts';
import { tabTitle } from '../shell/screen-title.ts';
import styles from './global-not-found.module.css';

const { shell } = CATALOGUES[DEFAULT_LOCALE];

export const metadata: Metadata = { title: tabTitle(shell.notFound) };

/** What an address without a page shows. It stands alone: no shell, no script, no feed. */
export default function GlobalNotFound() {
  return (
    <html lang={DEFAULT_LOCALE}>
      <body className={styles.page}>
        <main className={styles.message}>
          <h1>{shell.notFound}</h1>
          <p>{shell.notFoundText}</p>
          <p>
            <a href={`/${DEFAULT_LOCALE}/situation`}>{shell.toSituation}</a>
          </p>
        </main>
      </body>
    </html>
  );
}
