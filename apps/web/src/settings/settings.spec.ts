import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

const KEY = 'ceasewatch.settings';

/** Another page over the same storage. */
async function anotherPage() {
  jest.resetModules();
  return import('./settings.ts');
}

describe('settings', () => {
  const room = Storage.prototype.setItem;
  beforeEach(() => localStorage.clear());
  afterEach(() => {
    Storage.prototype.setItem = room;
  });

  it('are kept for the next page', async () => {
    (await anotherPage()).changeSettings({
      officer: 'a',
      feedRate: 'manual',
      stripClosed: ['log'],
      tour: false,
    });
    expect((await anotherPage()).settings()).toEqual({
      officer: 'a',
      keys: true,
      sound: false,
      feedRate: 'manual',
      stripClosed: ['log'],
      tour: false,
    });
  });

  it('hold on this page when the disk is full', async () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const page = await anotherPage();
    page.changeSettings({ sound: true });
    expect(page.settings().sound).toBe(true);
  });

  it('are read field by field: one that is no such thing is as if it were not there', async () => {
    const { settings: defaults } = await anotherPage();
    for (const kept of [
      { officer: 7, keys: 'no', sound: null, feedRate: 'never', stripClosed: 'log', tour: 1 },
      { stripClosed: { includes: true } },
      'text',
      null,
    ]) {
      localStorage.setItem(KEY, JSON.stringify(kept));
      expect((await anotherPage()).settings()).toEqual(defaults());
    }
    localStorage.setItem(KEY, JSON.stringify({ keys: false, stripClosed: ['log', 4] }));
    expect((await anotherPage()).settings()).toMatchObject({ keys: false, stripClosed: ['log'] });
    localStorage.setItem(KEY, 'no json');
    expect((await anotherPage()).settings()).toEqual(defaults());
  });
});
