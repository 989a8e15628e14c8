import type { LogEntry, LogEntryDetail } from '@ceasewatch/api/contract/log';
import { fromBase64Url, toBase64 } from '@ceasewatch/tlog/base64';
import { canonicalJson, isCanonicalJson } from '@ceasewatch/tlog/canonical-json';
import { chainNext, chainStart } from '@ceasewatch/tlog/chain';
import { bytesOfLeaf, leafHash } from '@ceasewatch/tlog/leaf';
import { TlogError } from '@ceasewatch/tlog/tlog-error';

/**
 * One event checked where it is read, with the code that an auditor runs: the bytes are canonical and
 * say what the screen shows, their hash is the one beside them, and it continues the chain. It trusts
 * nothing that the node computed; what it cannot see is a log that was rewritten as a whole.
 */
export type CheckName = 'canonical' | 'leafHash' | 'chain';
export type Verdict = 'ok' | 'fail' | 'unknown';

export interface CheckResult {
  readonly name: CheckName;
  readonly verdict: Verdict;
  /** What came out instead, base64, where a hash differs. */
  readonly actual?: string;
}

/**
 * @param shown the entry as the list shows it, asked for separately
 * @param before the entry before it; null for event 0 or when it could not be read
 */
export function checkLeaf(
  detail: LogEntryDetail,
  shown: LogEntry,
  before: LogEntry | null,
): readonly CheckResult[] {
  const hash = hashOf(detail.leaf);
  return [
    { name: 'canonical', verdict: saysWhatIsShown(detail.leaf, shown) ? 'ok' : 'fail' },
    hash === null
      ? { name: 'leafHash', verdict: 'fail' }
      : compared('leafHash', toBase64(hash), [detail.leafHash, shown.leafHash]),
    chainCheck(detail, shown, before, hash),
  ];
}

function saysWhatIsShown(leaf: string, shown: LogEntry): boolean {
  try {
    return isCanonicalJson(leaf) && canonicalJson(shown.envelope) === leaf;
  } catch (error) {
    // What is shown cannot be a leaf at all: half a letter, a number that is none.
    if (error instanceof TlogError) return false;
    throw error;
  }
}

function hashOf(leaf: string): Uint8Array | null {
  try {
    return leafHash(bytesOfLeaf(leaf));
  } catch (error) {
    // Longer than a leaf may be: nothing that any log would have written.
    if (error instanceof TlogError) return null;
    throw error;
  }
}

function chainCheck(
  detail: LogEntryDetail,
  shown: LogEntry,
  before: LogEntry | null,
  hash: Uint8Array | null,
): CheckResult {
  const start = chainBefore(detail, before);
  if (start === null || hash === null) return { name: 'chain', verdict: 'unknown' };
  return compared('chain', toBase64(chainNext(start, hash)), [detail.chain, shown.chain]);
}

/** The chain that this event continues: of the event before it, or of the log's id for event 0. */
function chainBefore(detail: LogEntryDetail, before: LogEntry | null): Uint8Array | null {
  if (detail.seq === 0) return chainStart(detail.envelope.source.replace('urn:ceasewatch:', ''));
  return before === null || before.seq !== detail.seq - 1 ? null : bytesOf(before.chain);
}

function compared(name: CheckName, actual: string, claimed: readonly string[]): CheckResult {
  return claimed.every((each) => each === actual)
    ? { name, verdict: 'ok' }
    : { name, verdict: 'fail', actual };
}

/** The answers speak standard base64, tlog reads the URL-safe one; null for what is neither. */
function bytesOf(base64: string): Uint8Array | null {
  try {
    return fromBase64Url(base64.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, ''));
  } catch (error) {
    if (error instanceof TlogError) return null;
    throw error;
  }
}
