'use client';

import { Icon } from '../glyphs/icon.tsx';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { FormPick } from './form-pick.tsx';
import type { Span } from './occurred-span.ts';

/** Fetched when it is opened. */
const SpanForm = dynamic(() => import('./span-form.tsx').then((room) => room.SpanForm), {
  ssr: false,
});

/** A button that tells how many bounds a time has, and opens the form for them. */
export function SpanPick({
  title,
  fromLabel,
  span,
  onChosen,
}: {
  readonly title: string;
  readonly fromLabel: string;
  readonly span: Span;
  onChosen(span: Span): void;
}) {
  const [opened, setOpened] = useState(false);
  const bounds = [span.from, span.to].filter((bound) => bound !== undefined).length;
  const label = (
    <>
      {title}
      {bounds > 0 && <b>{bounds}</b>}
      <Icon name="chevron-down" size={0.875} />
    </>
  );
  return (
    <FormPick opened={opened} onOpened={setOpened} label={label} active={bounds > 0}>
      <SpanForm
        span={span}
        fromLabel={fromLabel}
        onChosen={(chosen) => {
          setOpened(false);
          onChosen(chosen);
        }}
      />
    </FormPick>
  );
}
