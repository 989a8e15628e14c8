import { beforeEach, describe, expect, test } from '@jest/globals';
import { adoptDraft, type DraftKeeper, keepDraft, openDraft } from './report-draft.ts';

/** One browser: what all its windows share, and what only one of them holds. */
class Browser {
  readonly #held = new Set<string>();
  readonly #local = new Memory();

  /** @param session what the window remembers: a duplicated tab begins with a copy */
  window(session: Memory = new Memory()) {
    const keeper: DraftKeeper = {
      local: () => this.#local,
      session: () => session,
      hold: (name) => {
        if (this.#held.has(name)) return Promise.resolve(undefined);
        this.#held.add(name);
        return Promise.resolve(() => void this.#held.delete(name));
      },
    };
    return { keeper, session };
  }
}

class Memory implements Storage {
  [name: string]: unknown;
  get length(): number {
    return Object.keys(this).length;
  }
  clear(): void {
    for (const key of Object.keys(this)) this.removeItem(key);
  }
  getItem(key: string): string | null {
    return Object.hasOwn(this, key) ? String(this[key]) : null;
  }
  key(index: number): string | null {
    return Object.keys(this)[index] ?? null;
  }
  removeItem(key: string): void {
    Reflect.deleteProperty(this, key);
  }
  setItem(key: string, value: string): void {
    this[key] = value;
  }
  copy(): Memory {
    return Object.assign(new Memory(), this);
  }
}

const LOG = '01a2043c-428c-7df9-ba40-14fa22c55019';
let browser: Browser;
beforeEach(() => {
  browser = new Browser();
});

async function opened({ keeper }: { keeper: DraftKeeper }, place = LOG) {
  const held = await openDraft(keeper, place);
  return {
    ...held,
    type: (line: string) => keepDraft(keeper, place, held.slot, { ...held.draft, line }),
  };
}

describe('a draft', () => {
  test('of one window is neither seen nor written over by another', async () => {
    const one = browser.window();
    const other = browser.window();
    const first = await opened(one);
    const second = await opened(other);
    first.type('saf 12');
    second.type('exp 3');
    expect(second.draft.id).not.toBe(first.draft.id);
    first.release();
    second.release();
    expect((await opened(one)).draft).toMatchObject({ id: first.draft.id, line: 'saf 12' });
    expect((await opened(other)).draft).toMatchObject({ id: second.draft.id, line: 'exp 3' });
  });

  test('of a duplicated tab is another one', async () => {
    const one = browser.window();
    const first = await opened(one);
    first.type('saf 12');
    const copy = await opened(browser.window(one.session.copy()));
    expect(copy.draft.line).toBe('');
    expect([copy.slot, copy.draft.id]).not.toContain(first.slot);
    expect(copy.draft.id).not.toBe(first.draft.id);
  });

  test('of a window that is gone comes back in the next one, to one of them only', async () => {
    const crashed = await opened(browser.window());
    crashed.type('saf 12');
    crashed.release();
    const [one, other] = await Promise.all([opened(browser.window()), opened(browser.window())]);
    expect([one.draft.line, other.draft.line].toSorted()).toEqual(['', 'saf 12']);
  });

  test('that was sent and not answered comes back first, with what was sent', async () => {
    const sender = browser.window();
    const sending = await openDraft(sender.keeper, LOG);
    const sent = { path: '/api/observations', body: { id: sending.draft.id } };
    keepDraft(sender.keeper, LOG, sending.slot, { ...sending.draft, line: 'saf 12', sent });
    const typing = await opened(browser.window());
    typing.type('exp 3');
    sending.release();
    typing.release();
    const next = browser.window();
    const first = await openDraft(next.keeper, LOG);
    expect(first.draft).toMatchObject({ id: sending.draft.id, sent });
    expect((await adoptDraft(next.keeper, LOG))?.draft.line).toBe('exp 3');
    expect(await adoptDraft(next.keeper, LOG)).toBeUndefined();
  });

  test('of a correction is not taken for a new report', async () => {
    const correcting = await opened(browser.window(), `${LOG}.${LOG}.1`);
    correcting.type('n14');
    correcting.release();
    expect((await opened(browser.window())).draft.line).toBe('');
  });
});
