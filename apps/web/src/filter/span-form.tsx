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
import styles from './filter-bar.module.css';

const FIELDS = ['from', 'to'] as const satisfies readonly (keyof SpanText)[];
type Problems = Partial<Record<keyof SpanText, string>>;

/** Takes the two bounds of a time as the report form takes times, and says what it cannot take. */
export function SpanForm({
  span,
  fromLabel,
  onChosen,
}: {
  /** What is asked for now. */
  readonly span: Span;
  readonly fromLabel: string;
  onChosen(span: Span): void;
}) {
  const t = useTranslations();
  const feed = useLiveFeed();
  const { zone } = useCentre();
  const [text, setText] = useState(() => spanText(span, zone));
  const [problems, setProblems] = useState<Problems>({});
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const now = deviceTime().wall + feed.current().clockOffsetMs;
    try {
      onChosen(readSpan(text, span, { now, zone }));
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
          label={name === 'from' ? fromLabel : t('filter.span.to')}
          description={name === 'from' ? t('filter.span.help') : undefined}
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
        {t('filter.span.show')}
      </Button>
    </form>
  );
}
