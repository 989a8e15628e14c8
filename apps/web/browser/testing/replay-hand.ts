import type { LogMoments } from '@ceasewatch/api/contract/log-moments';
import type { Page, Response } from 'playwright-core';
import { eventually } from './eventually.ts';

/**
 * A hand at the replay that looks at the clock: how long after a key or a grip of the line the state of
 * that moment has been painted, and how many states a play paints. Measured inside the page, from the
 * input's own time stamp to the frame after the one that drew.
 */
interface Watched {
  /** Milliseconds. */
  readonly inputs: readonly number[];
  /** Event and milliseconds, as painted. */
  readonly painted: readonly (readonly [seq: number, at: number])[];
}

/** What `watch` has put there. */
declare const ceasewatchHand: Noted;

interface Noted {
  readonly inputs: number[];
  readonly painted: [number, number][];
}

/** The replay at an event, quiet and watched. */
export async function openReplay(page: Page, origin: string, seq: number): Promise<void> {
  await page.goto(`${origin}/en/replay?asof=${seq}`);
  await page.getByTestId('state').locator('button[data-figure=fireItems]').waitFor();
  await page.getByRole('slider', { name: 'Moment' }).waitFor();
  // The row of the moment, which nobody has moved to.
  await page
    .locator('button[aria-current=true]')
    .getByText(`#${seq.toLocaleString('en-US')}`)
    .waitFor();
  await page.evaluate(watch);
  await page.waitForLoadState('networkidle');
}

/** The next event by key; how long until it was painted, in milliseconds. */
export async function step(page: Page): Promise<number> {
  return answered(page, () => page.keyboard.press('ArrowRight'));
}

/** A grip of the line at that share of its length; how long until that moment was painted. */
export async function scrub(page: Page, share: number): Promise<number> {
  const line = page.getByRole('slider', { name: 'Moment' }).locator('xpath=..');
  const box = await line.boundingBox();
  if (box === null) throw new Error('there is no line');
  await page.mouse.move(box.x + box.width * share, box.y + box.height / 2);
  return answered(page, async () => {
    await page.mouse.down();
    await page.mouse.up();
  });
}

/** A play that has just begun makes up for what came late before it: faster than it goes. */
const BEGUN = 20;

/**
 * Plays at a day a second until so many states were painted; the milliseconds from each to the next. A
 * state that stands for three ticks of the play, because nothing was recorded meanwhile, is three states of
 * a third of the time; one that was left out is none.
 */
export async function play(page: Page, states: number): Promise<readonly number[]> {
  const stretches: Promise<LogMoments>[] = [];
  const heard = (response: Response) => {
    if (/\/api\/log\/moments\?.*parts=/.test(response.url())) stretches.push(response.json());
  };
  page.on('response', heard);
  await page.getByRole('button', { name: '1 d/s' }).click();
  await page.evaluate(forget);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  const { painted } = await eventually(
    () => watched(page),
    (seen) => seen.painted.length > BEGUN + states,
  );
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await settled(page);
  page.off('response', heard);
  const played = (await Promise.all(stretches)).flatMap(({ through }) => through);
  const steady = painted.slice(BEGUN);
  const gaps = steady.slice(1).flatMap(([, at], before) => {
    const [seq, since] = steady[before] ?? [0, at];
    const ticks = Math.max(1, played.filter((each) => each === seq).length);
    return Array.from({ length: ticks }, () => (at - since) / ticks);
  });
  return gaps.slice(0, states);
}

async function answered(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(forget);
  await act();
  // Whatever the page makes of it begins when it hears of it.
  await eventually(
    () => watched(page),
    ({ inputs }) => inputs.length > 0,
  );
  const seq = await settled(page);
  const { inputs, painted } = await watched(page);
  const last = painted.findLast(([shown]) => shown === seq);
  const [first] = inputs;
  if (first === undefined) throw new Error('the page has heard of no input');
  // The same moment again is no answer: nothing had to be drawn.
  return last === undefined ? 0 : last[1] - first;
}

/** @returns the event that the hand rests at, once it has been painted */
async function settled(page: Page): Promise<number> {
  const [wanted] = await eventually(
    () => page.evaluate(places),
    ([hand, shown]) => hand === shown,
  );
  await page.evaluate(
    () => new Promise<void>((drawn) => requestAnimationFrame(() => setTimeout(drawn))),
  );
  return Number(wanted);
}

async function watched(page: Page): Promise<Watched> {
  return page.evaluate(noted);
}

/** In the page, as all that follow: where the hand is, and which event is shown. */
function places(): readonly [string | null | undefined, string | null | undefined] {
  return [
    document.querySelector('[role=slider]')?.getAttribute('aria-valuenow'),
    document.querySelector('[data-testid=state]')?.getAttribute('data-seq'),
  ];
}

function noted(): Watched {
  return ceasewatchHand;
}

function forget(): void {
  ceasewatchHand.inputs.splice(0);
  ceasewatchHand.painted.splice(0);
}

function watch(): void {
  const watching: Noted = { inputs: [], painted: [] };
  Object.assign(globalThis, { ceasewatchHand: watching });
  for (const type of ['keydown', 'pointerdown'])
    addEventListener(type, ({ timeStamp }) => watching.inputs.push(timeStamp), { capture: true });
  const state = document.querySelector('[data-testid=state]');
  if (state === null) throw new Error('there is no state');
  let isAwaited = false;
  // Of what is drawn between two frames only the last is painted.
  const drawn = new MutationObserver(() => {
    if (isAwaited) return;
    isAwaited = true;
    requestAnimationFrame(() => {
      isAwaited = false;
      const seq = Number(state.getAttribute('data-seq'));
      // A task that was asked for in a frame comes when that frame has been painted.
      setTimeout(() => watching.painted.push([seq, performance.now()]));
    });
  });
  drawn.observe(state, { attributes: true, attributeFilter: ['data-seq'] });
}
