'use client';

import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NextIntlClientProvider } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import type { CATALOGUES, Locale } from '../locales.ts';
import { createLiveFeed, LiveContext } from '../live/use-live.ts';
import { cssVariables, theme } from '../theme/mantine-theme.ts';

const RETRIES = 2;

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

function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Freshness comes over the live feed; focus and remounting ask nothing.
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < RETRIES && isPassing(error),
      },
    },
  });
}

/** An answer that may be another one in a moment; a refusal stays one. */
function isPassing(error: Error): boolean {
  return (
    error instanceof ApiProblem &&
    (error.code === 'network' || error.status >= 500 || error.status === 429)
  );
}
