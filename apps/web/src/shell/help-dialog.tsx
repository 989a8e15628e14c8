'use client';

import { Modal } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { CodeList } from '../help/code-list.tsx';
import { Dictionary } from '../help/dictionary.tsx';
import { KeyList } from '../help/key-list.tsx';
import styles from '../help/help.module.css';

/** `?`: every key, every code of the quick line, and what the words mean. */
export function HelpDialog({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const t = useTranslations();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('help.title')}
      size="64rem"
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <div className={styles.columns}>
        <KeyList />
        <CodeList />
        <Dictionary />
      </div>
    </Modal>
  );
}
