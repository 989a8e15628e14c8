'use client';

import { Popover } from '@mantine/core';
import { Icon } from '../glyphs/icon.tsx';
import { useTranslations } from 'next-intl';
import type { TermId } from './terms.ts';
import styles from './term.module.css';

/**
 * What a word means, one press away from where it stands: `<Term id="late" />` beside the figure or the
 * field. The meaning is the dictionary's own entry, so a word means the same everywhere.
 */
export function Term({ id }: { readonly id: TermId }) {
  const t = useTranslations('help');
  const term = t(`term.${id}.word`);
  return (
    <Popover position="bottom" withArrow shadow="md" width={288}>
      <Popover.Target>
        <button
          type="button"
          className={`no-print ${styles.button}`}
          aria-label={t('explain', { term })}
          title={term}
        >
          <Icon name="info-circle" size={0.9375} stroke={1.75} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles.meaning}>
          <strong>{term}</strong>
          <p>{t(`term.${id}.meaning`)}</p>
          <p className={styles.note}>{t('wholeDictionary')}</p>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
