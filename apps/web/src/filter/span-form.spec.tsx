import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act } from 'react';
import { TestTab } from '../testing/test-tab.tsx';
import type { Span } from './occurred-span.ts';
import { SpanForm } from './span-form.tsx';

describe('the fields of a time', () => {
  let tab: TestTab;
  let chosen: Span[];

  beforeEach(async () => {
    jest.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12) });
    chosen = [];
    tab = new TestTab(() => ({ body: {} }));
    await tab.show(
      <SpanForm
        span={{ from: '2026-11-20T07:58:30.000Z' }}
        fromLabel="Occurred from"
        onChosen={(span) => void chosen.push(span)}
      />,
    );
  });

  afterEach(async () => {
    await tab.close();
    jest.useRealTimers();
  });

  /** As a person types: React hears of a value through its event. */
  async function type(label: string, text: string): Promise<void> {
    const field = [...document.querySelectorAll('input')].find(({ labels }) =>
      [...(labels ?? [])].some(({ textContent }) => textContent.startsWith(label)),
    );
    if (field === undefined) throw new Error(`no field is labelled ${label}`);
    await act(async () => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }

  it('show what is filtered by, and keep it to the second while the other is typed', async () => {
    await type('until', '1158');
    await tab.press('Show');
    expect(chosen).toEqual([{ from: '2026-11-20T07:58:30.000Z', to: '2026-11-22T11:58:00.000Z' }]);
  });

  it('say beside the field what cannot be read, and ask for nothing', async () => {
    await type('until', '2560');
    await tab.press('Show');
    expect(chosen).toEqual([]);
    expect(tab.text).toContain('A time reads 1358, or 1358C with its zone.');
    await type('until', '');
    expect(tab.text).not.toContain('A time reads 1358, or');
    await type('Occurred from', '');
    await tab.press('Show');
    expect(chosen).toEqual([{}]);
  });
});
