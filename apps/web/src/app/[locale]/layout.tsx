import '../../theme/mantine.css';
import '../../theme/fonts.css';
import '../../theme/tokens.css';
import '../../theme/base.css';
import '../../theme/print.css';
import { ColorSchemeScript, mantineHtmlProps } from '@mantine/core';
import type { Metadata, Viewport } from 'next';
import { notFound } from 'next/navigation';
import { type ReactNode, Suspense } from 'react';
import { catalogueOf, CATALOGUES, isLocale, LOCALES } from '../../locales.ts';
import { Providers } from '../../shell/providers.tsx';
import type { PageAddress } from '../../shell/screen-title.ts';
import { Shell } from '../../shell/shell.tsx';
import { ShellSkeleton } from '../../shell/shell-skeleton.tsx';
import { TOUR_SCRIPT } from '../../shell/tour-place.ts';

export const dynamicParams = false;

export function generateStaticParams() {
  return LOCALES.map((locale) => ({ locale }));
}

export async function generateMetadata({ params }: PageAddress): Promise<Metadata> {
  const { product } = catalogueOf((await params).locale);
  return { title: product.name, description: product.description };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: dark)', color: '#0d1117' },
    { media: '(prefers-color-scheme: light)', color: '#f4f5f7' },
  ],
};

/** The root of every page: language, theme, catalogue, and the frame that all screens share. */
export default async function LocaleLayout({
  children,
  params,
}: {
  readonly children: ReactNode;
  readonly params: Promise<{ locale: string }>;
}) {
  const { locale } = await params;
  if (!isLocale(locale)) notFound();
  return (
    <html lang={locale} {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" />
        <script>{TOUR_SCRIPT}</script>
      </head>
      <body>
        <Providers locale={locale} messages={CATALOGUES[locale]}>
          <Suspense fallback={<ShellSkeleton />}>
            <Shell>{children}</Shell>
          </Suspense>
        </Providers>
      </body>
    </html>
  );
}
