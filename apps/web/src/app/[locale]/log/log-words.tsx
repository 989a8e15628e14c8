'use client';

import { TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

/** Words or an id, asked for with Enter: each asking is a step that Back undoes. */
export function LogWords({
  words,
  onAsked,
}: {
  readonly words: string;
  onAsked(words: string): void;
}) {
  const t = useTranslations('log.filter');
  const [text, setText] = useState(words);
  return (
    <form
      role="search"
      aria-label={t('q')}
      onSubmit={(event) => {
        event.preventDefault();
        onAsked(text.trim());
      }}
    >
      <TextInput
        size="xs"
        type="search"
        enterKeyHint="search"
        maxLength={200}
        label={t('q')}
        title={t('qHelp')}
        placeholder={t('qExample')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </form>
  );
}
