import type { Page } from 'playwright-core';

/** Every screen of the top bar, what its tab is called, and what shows that it has its data. */
export interface Screen {
  readonly path: string;
  readonly tab: string;
  /** As it stands in the browser's title. */
  readonly title: string;
  ready(page: Page): Promise<void>;
}

export const SCREENS: readonly Screen[] = [
  {
    path: '/en/situation',
    tab: 'Situation',
    title: 'Situation',
    ready: async (page) => {
      await page.locator('button[data-figure=fireItems]').waitFor();
      await page
        .getByRole('region', { name: 'Live feed' })
        .locator('li[data-id]')
        .first()
        .waitFor();
      await mapDrawn(page);
    },
  },
  {
    path: '/en/observations',
    tab: 'Observations',
    title: 'Observations',
    ready: (page) => page.locator('tr[data-id]').first().waitFor(),
  },
  {
    path: '/en/report',
    tab: 'Report',
    title: 'Report',
    ready: async (page) => {
      await page.getByRole('textbox', { name: 'Quick entry' }).waitFor();
      await mapDrawn(page);
    },
  },
  {
    path: '/en/log',
    tab: 'Log',
    title: 'Log',
    ready: (page) =>
      page
        .getByRole('list', { name: 'Events of the log, newest first' })
        .getByRole('listitem')
        .first()
        .waitFor(),
  },
  {
    path: '/en/replay',
    tab: 'Replay',
    title: 'Replay',
    ready: async (page) => {
      await page.getByRole('slider', { name: 'Moment' }).waitFor();
      await page.getByTestId('state').locator('button[data-figure=fireItems]').waitFor();
      await mapDrawn(page);
    },
  },
  {
    path: '/en/centre',
    tab: 'Centre',
    title: 'Centre',
    ready: async (page) => {
      await page.getByRole('heading', { name: 'Observing units' }).waitFor();
      await mapDrawn(page);
    },
  },
];

/** A view of the replay with an address of its own. */
export const HINDSIGHT: Screen = {
  path: '/en/hindsight',
  tab: '',
  title: 'Known then, known now',
  ready: async (page) => {
    await page.getByRole('region', { name: 'Reporting delay' }).locator('canvas').waitFor();
    await page.locator('canvas').first().waitFor();
  },
};

export function mapDrawn(page: Page): Promise<void> {
  return page.locator('[data-state=live] [data-testid=map] canvas').first().waitFor();
}
