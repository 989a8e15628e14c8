import { afterEach, describe, expect, it } from '@jest/globals';
import { SearchParamsContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime.js';
import { NextIntlClientProvider } from 'next-intl';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { CATALOGUES } from '../locales.ts';
import { WindowPick } from './window-pick.tsx';

describe('the windows of a screen', () => {
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  afterEach(() => act(() => root.unmount()));

  it('are buttons that Tab and Enter reach, one of them pressed; no radios without arrow keys', () => {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
    act(() =>
      root.render(
        <NextIntlClientProvider locale="en" messages={CATALOGUES.en} timeZone="UTC">
          <SearchParamsContext value={new URLSearchParams('window=24h')}>
            <WindowPick />
          </SearchParamsContext>
        </NextIntlClientProvider>,
      ),
    );
    const pressed = [...place.querySelectorAll('[role="group"] button[aria-pressed="true"]')];
    expect(pressed.map(({ textContent }) => textContent)).toEqual([
      CATALOGUES.en.words.window['24h'],
    ]);
    expect(place.querySelector('[role^="radio"]')).toBeNull();
    const week = [...place.querySelectorAll('button')].find(
      ({ textContent }) => textContent === CATALOGUES.en.words.window['7d'],
    );
    act(() => week?.click());
    expect(location.search).toBe('?window=7d');
  });
});
