import { BroadcastChannel as NodeChannel } from 'node:worker_threads';
import { afterEach, describe, expect, test } from '@jest/globals';
import { holdInWindow, type Release } from './window-lock.ts';

/** As a page on plain http has it: no locks, and channels that reach the other windows. */
Object.assign(globalThis, { BroadcastChannel: NodeChannel });

const held: Release[] = [];
afterEach(() => {
  for (const release of held.splice(0)) release();
});

async function take(name: string, asked: 'wait' | 'now' | 'new'): Promise<boolean> {
  const release = await holdInWindow(name, asked);
  if (release !== undefined) held.push(release);
  return release !== undefined;
}

describe('without locks, windows that ask each other', () => {
  test('leave a thing to the window that has it, and take it when that lets go', async () => {
    expect('locks' in navigator).toBe(false);
    expect(await take('slot', 'new')).toBe(true);
    expect(await take('slot', 'now')).toBe(false);
    expect(await take('another slot', 'now')).toBe(true);
    held.shift()?.();
    expect(await take('slot', 'wait')).toBe(true);
  });
});
