import { stderr } from 'node:process';

const WIDTH = 30;
const EVERY_MS = 100;

/** A bar on a terminal, nothing in a file. */
export class ProgressBar {
  readonly #since = performance.now();
  #shown = 0;

  show(seq: number, last: number): void {
    if (!stderr.isTTY) return;
    const now = performance.now();
    if (now - this.#shown < EVERY_MS) return;
    this.#shown = now;
    const done = last <= 0 ? 1 : Math.min(1, seq / last);
    const bar = '#'.repeat(Math.round(done * WIDTH)).padEnd(WIDTH, '.');
    const percent = Math.floor(done * 100);
    stderr.write(`\r\x1b[K[${bar}] ${percent} %, event ${seq} of ${last}, ${this.rate(seq + 1)}/s`);
  }

  /** Events a second since the beginning. */
  rate(events: number): number {
    return Math.round((events / Math.max(1, performance.now() - this.#since)) * 1_000);
  }

  clear(): void {
    if (stderr.isTTY) stderr.write('\r\x1b[K');
  }
}
