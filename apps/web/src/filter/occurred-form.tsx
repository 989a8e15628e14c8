'use client';

import { Refusal } from '@ceasewatch/domain/refusal';
import { Button, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type SyntheticEvent, useState } from 'react';
import { refusalText } from '../format/codes.ts';
import { deviceTime } from '../live/device-time.ts';
import { useLiveFeed } from '../live/use-live.ts';
import { useCentre } from '../shell/use-centre.ts';
import { readSpan, type Span, type SpanText, spanText } from './occurred-span.ts';
import { useAddress } from './use-address.ts';
import styles from './filter-bar.module.css';

const FIELDS = ['from', 'to'] as const satisfies readonly (keyof SpanText)[];
type Problems = Partial<Record<keyof SpanText, string>>;

/** Takes the two bounds of a list's time as the report form takes times, and says what it cannot take. */
export function OccurredForm({ onChosen }: { onChosen(span: Span): void }) {
  const t = useTranslations();
  const feed = useLiveFeed();
  const { filter } = useAddress();
  const { zone } = useCentre();
  const [text, setText] = useState(() => spanText(filter, zone));
  const [problems, setProblems] = useState<Problems>({});
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const now = deviceTime().wall + feed.current().clockOffsetMs;
    try {
      onChosen(readSpan(text, filter, { now, zone }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setProblems(
        Object.fromEntries(
          error.refused.map((each) => [each.field, refusalText(each, zone, t)] as const),
        ),
      );
    }
  };
  return (
    <form className={styles.asOf} onSubmit={submit} noValidate>
      {FIELDS.map((name) => (
        <TextInput
          key={name}
          label={t(`filter.occurred.${name}`)}
          description={name === 'from' ? t('filter.occurred.help') : undefined}
          value={text[name]}
          error={problems[name]}
          data-autofocus={name === 'from' || undefined}
          onChange={({ currentTarget: { value } }) => {
            setText((before) => ({ ...before, [name]: value }));
            setProblems({});
          }}
        />
      ))}
      <Button type="submit" size="compact-md">
        {t('filter.occurred.show')}
      </Button>
    </form>
  );
}
