import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { Icon } from './icon.tsx';
import outlines from './icons.json' with { type: 'json' };

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const SOURCES = join(import.meta.dirname, '..');

describe('Icon', () => {
  it('draws the lines of the set, as wide as is asked, and is hidden from readers', () => {
    const drawn = drawnOf(<Icon name="plus" size={1.125} stroke={2.5} />);
    expect(drawn).toContain(`d="${outlines.plus}"`);
    expect(drawn).toContain('width="1.125rem"');
    expect(drawn).toContain('fill="none" stroke="currentColor" stroke-width="2.5"');
    expect(drawn).toContain('aria-hidden="true"');
  });

  it('fills an icon that has no lines', () => {
    const drawn = drawnOf(<Icon name="player-play-filled" size={1} />);
    expect(drawn).toContain('fill="currentColor"');
    expect(drawn).not.toContain('stroke="');
  });

  it('takes along no icon that no screen shows', () => {
    const screens = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.tsx') && !file.endsWith('.spec.tsx'))
      .map((file) => readFileSync(join(SOURCES, file), 'utf8'))
      .join('\n');
    const unseen = Object.keys(outlines).filter(
      (name) => !new RegExp(`(name|icon)=[^>]*['"]${name}['"]`).test(screens),
    );
    expect(unseen).toEqual([]);
  });
});

function drawnOf(icon: ReactNode): string {
  const place = document.createElement('div');
  const root = createRoot(place);
  act(() => root.render(icon));
  const drawn = place.innerHTML;
  act(() => root.unmount());
  return drawn;
}
