import type { Edits } from './report-fields.ts';
import type { SentReport } from './send-report.ts';
import { uuidV7 } from './uuid-v7.ts';
import type { Hold, Release } from './window-lock.ts';

/**
 * What was typed, kept on this device from the first letter to the receipt: a reload, a crash, a dead
 * battery lose nothing. A report that was sent without an answer is kept as it was sent, under its id,
 * because only the same bytes under the same id are the same report.
 *
 * Every open form has a slot of its own, which its window remembers and holds: two forms never write
 * over each other. A slot whose window is gone is taken over by the next form that opens.
 */
export interface ReportDraft {
  readonly id: string;
  readonly line: string;
  readonly edits: Edits;
  /** What was sent and not yet answered; while it is here nothing is edited. */
  readonly sent: SentReport | null;
}

/** What `Repeat last` begins with. */
export interface LastReport {
  readonly line: string;
  readonly edits: Edits;
}

/** A draft in the hands of one form. */
export interface HeldDraft {
  readonly slot: string;
  readonly draft: ReportDraft;
  readonly release: Release;
}

/** What a browser keeps for all its windows, what for one, and how windows keep apart. */
export interface DraftKeeper {
  readonly local: () => Storage;
  readonly session: () => Storage;
  readonly hold: Hold;
}

const DRAFT = 'ceasewatch.draft.';
const SLOT = 'ceasewatch.slot.';
const LAST = 'ceasewatch.last.';
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function newDraft(): ReportDraft {
  return { id: uuidV7(), line: '', edits: {}, sent: null };
}

/**
 * The draft that a form begins with: the one this window had, else one that a closed or crashed window
 * left, else a new one.
 *
 * @param place the log, and the version that is corrected
 */
export async function openDraft(keeper: DraftKeeper, place: string): Promise<HeldDraft> {
  const own = text(keeper.session, SLOT + place);
  // A duplicated tab comes with the other's memory; the slot is still in the other's hands.
  const release = own === null ? undefined : await keeper.hold(draftKey(place, own), 'wait');
  if (own !== null && release !== undefined) return held(keeper, place, own, release);
  return (await adoptDraft(keeper, place)) ?? (await freshDraft(keeper, place));
}

/** Takes over a draft that nobody has open; what was sent and not answered comes first. */
export async function adoptDraft(
  keeper: DraftKeeper,
  place: string,
): Promise<HeldDraft | undefined> {
  for (const slot of orphans(keeper, place)) {
    const release = await keeper.hold(draftKey(place, slot), 'now');
    if (release !== undefined) return held(keeper, place, slot, release);
  }
  return undefined;
}

async function freshDraft(keeper: DraftKeeper, place: string): Promise<HeldDraft> {
  const slot = uuidV7();
  const release = await keeper.hold(draftKey(place, slot), 'new');
  if (release === undefined) throw new RangeError(`somebody else drew ${slot} too`);
  return held(keeper, place, slot, release);
}

function held(keeper: DraftKeeper, place: string, slot: string, release: Release): HeldDraft {
  write(keeper.session, SLOT + place, slot);
  const kept = read(keeper.local, draftKey(place, slot));
  if (!isDraft(kept)) return { slot, draft: newDraft(), release };
  const draft = { id: kept.id, line: kept.line, edits: kept.edits, sent: kept.sent ?? null };
  return { slot, draft, release };
}

/** Slots with a draft, unanswered ones first, then the latest. */
function orphans({ local }: DraftKeeper, place: string): readonly string[] {
  const prefix = draftKey(place, '');
  return keysOf(local)
    .filter((key) => key.startsWith(prefix) && UUID.test(key.slice(prefix.length)))
    .map((key) => ({ slot: key.slice(prefix.length), kept: read(local, key) }))
    .filter((each): each is { slot: string; kept: ReportDraft } => isDraft(each.kept))
    .toSorted((one, other) => rank(other.kept) - rank(one.kept) || later(one.kept, other.kept))
    .map(({ slot }) => slot);
}

function rank({ sent }: ReportDraft): number {
  return sent === null || sent === undefined ? 0 : 1;
}

/** When a draft was begun, ms: its id says it. */
export function begunAt({ id }: ReportDraft): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** Ids begin with the time at which they were made. */
function later(one: ReportDraft, other: ReportDraft): number {
  return one.id < other.id ? 1 : -1;
}

/** @returns false when the browser keeps nothing, which the form then says */
export function keepDraft(
  { local }: Pick<DraftKeeper, 'local'>,
  place: string,
  slot: string,
  draft: ReportDraft,
): boolean {
  return write(local, draftKey(place, slot), isEmpty(draft) ? null : JSON.stringify(draft));
}

export function isEmpty({ line, edits, sent }: ReportDraft): boolean {
  return line === '' && Object.keys(edits).length === 0 && sent === null;
}

export function lastReport({ local }: Pick<DraftKeeper, 'local'>, log: string): LastReport | null {
  const kept = read(local, LAST + log);
  return isLast(kept) ? { line: kept.line, edits: kept.edits } : null;
}

export function keepLastReport(
  { local }: Pick<DraftKeeper, 'local'>,
  log: string,
  { line, edits }: LastReport,
): void {
  write(local, LAST + log, JSON.stringify({ line, edits }));
}

function draftKey(place: string, slot: string): string {
  return `${DRAFT}${place}.${slot}`;
}

function isLast(kept: unknown): kept is LastReport {
  return (
    typeof kept === 'object' &&
    kept !== null &&
    'line' in kept &&
    typeof kept.line === 'string' &&
    'edits' in kept &&
    typeof kept.edits === 'object' &&
    kept.edits !== null
  );
}

function isDraft(kept: unknown): kept is ReportDraft {
  return isLast(kept) && 'id' in kept && typeof kept.id === 'string';
}

function read(storage: () => Storage, key: string): unknown {
  try {
    return JSON.parse(text(storage, key) ?? 'null');
  } catch (error) {
    // Not our words: there is nothing to go on with.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function text(storage: () => Storage, key: string): string | null {
  return unlessSwitchedOff(() => storage().getItem(key), null);
}

function keysOf(storage: () => Storage): readonly string[] {
  return unlessSwitchedOff(() => Object.keys(storage()), []);
}

function write(storage: () => Storage, key: string, value: string | null): boolean {
  return unlessSwitchedOff(() => {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, value);
    return true;
  }, false);
}

/** Storage may be full, or switched off for this site. */
function unlessSwitchedOff<Value>(access: () => Value, otherwise: Value): Value {
  try {
    return access();
  } catch (error) {
    if (error instanceof DOMException) return otherwise;
    throw error;
  }
}
