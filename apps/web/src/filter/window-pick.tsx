'use client';

import { WINDOWS } from '@ceasewatch/domain/situation/situation';
import { useTranslations } from 'next-intl';
import { memo } from 'react';
import { useView } from './use-address.ts';
import styles from './filter-bar.module.css';

/** How far back the screen looks: one button of a row is pressed. */
export const WindowPick = memo(function WindowPick() {
  const t = useTranslations();
  const { window, setWindow } = useView();
  return (
    <>
      <span className="only-print">
        {t('filter.windowPrinted', { window: t(`words.window.${window}`) })}
      </span>
      <div role="group" aria-label={t('filter.window')} className={`${styles.windows} no-print`}>
        {WINDOWS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === window}
            onClick={() => setWindow(each)}
          >
            {t(`words.window.${each}`)}
          </button>
        ))}
      </div>
    </>
  );
});
