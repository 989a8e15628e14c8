/**
 * What is typed after `n` before the report form stands: held, and handed in the order of the keys to its
 * first line, or to the list of officers where nobody has acted yet. A fast hand loses no letter, and no
 * letter of a report is taken for a key of the screen.
 */
const PATIENCE_MS = 15_000;

/** Where keys have a meaning of their own. */
const FIELDS = 'input, textarea, select, [role="dialog"]';
export const CONTROLS = `${FIELDS}, button, a`;

let held: string | undefined;
let elsewhere = FIELDS;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * From now on every letter is held, until it is taken, Esc is pressed, or nobody comes for it.
 * @param typed what was typed before
 * @param besides what keeps its own keys
 */
export function holdKeys(typed = '', besides = FIELDS): void {
  if (held !== undefined) return;
  held = typed;
  elsewhere = besides;
  window.addEventListener('keydown', hold, { capture: true });
  timer = setTimeout(letGo, PATIENCE_MS);
}

/** @returns what was typed since, Enter as a line break, '' for nothing; it is held on, and grows with every key */
export function heldKeys(): string {
  return held ?? '';
}

/** @returns what was typed since, as {@link heldKeys} does; from here on keys go where the focus is */
export function takeHeldKeys(): string {
  const typed = heldKeys();
  letGo();
  return typed;
}

function hold(event: KeyboardEvent): void {
  if (held === undefined || isTypedElsewhere(event)) return;
  if (event.key === 'Escape') return letGo();
  const altGraph = event.getModifierState('AltGraph');
  if (event.metaKey || ((event.ctrlKey || event.altKey) && !altGraph)) return;
  if (event.key === 'Backspace') held = held.slice(0, -1);
  else if (event.key === 'Enter') held += '\n';
  else if (event.key.length === 1) held += event.key;
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function isTypedElsewhere({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement && target.closest(elsewhere) !== null;
}

function letGo(): void {
  held = undefined;
  clearTimeout(timer);
  window.removeEventListener('keydown', hold, { capture: true });
}
