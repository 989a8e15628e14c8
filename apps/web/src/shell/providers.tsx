'use client';

import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { NextIntlClientProvider } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { createQueries } from '../api/queries.ts';
import type { CATALOGUES, Locale } from '../locales.ts';
import { createLiveFeed, LiveContext } from '../live/use-live.ts';
import { cssVariables, theme } from '../theme/mantine-theme.ts';

/** What every screen stands in: theme, catalogue, answers of the api, the live feed of this tab. */
export function Providers({
  locale,
  messages,
  children,
}: {
  readonly locale: Locale;
  readonly messages: (typeof CATALOGUES)[Locale];
  readonly children: ReactNode;
}) {
  const [queries] = useState(createQueries);
  const [feed] = useState(createLiveFeed);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <NextIntlClientProvider locale={locale} messages={messages} timeZone="UTC">
        <QueryClientProvider client={queries}>
          <LiveContext value={feed}>{children}</LiveContext>
        </QueryClientProvider>
      </NextIntlClientProvider>
    </MantineProvider>
  );
}
