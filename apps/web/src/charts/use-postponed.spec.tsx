import { afterEach, expect, it } from '@jest/globals';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { usePostponed } from './use-postponed.ts';

const drawn: string[] = [];
let reading = false;
const isRead = () => reading;
const draws = (name: string) => () => void drawn.push(name);

function Chart({ draw }: { readonly draw: () => void }) {
  const left = usePostponed(draw, isRead, 'dark');
  return <button type="button" onClick={left} />;
}

const place = document.body.appendChild(document.createElement('div'));
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
const root = createRoot(place);
const leave = () => act(() => place.querySelector('button')?.click());
afterEach(() => act(() => root.unmount()));

it('what arrives while a chart is read is drawn when the reader leaves, the last of it, once', () => {
  act(() => root.render(<Chart draw={draws('first')} />));
  reading = true;
  act(() => root.render(<Chart draw={draws('second')} />));
  act(() => root.render(<Chart draw={draws('third')} />));
  expect(drawn).toEqual(['first']);
  reading = false;
  leave();
  leave();
  expect(drawn).toEqual(['first', 'third']);
  act(() => root.render(<Chart draw={draws('fourth')} />));
  expect(drawn.at(-1)).toBe('fourth');
});
