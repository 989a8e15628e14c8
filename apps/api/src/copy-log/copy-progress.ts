import { stderr } from 'node:process';
import type { Step } from './copy-log.ts';

const WIDTH = 30;
/** More often nobody sees, and a terminal costs more than a page of events. */
const EVERY_MS = 100;

/** A bar on a terminal, nothing in a file. */
export class CopyProgress {
  #doing: Step['doing'] | undefined;
  #from = 0;
  #since = 0;
  #shown = 0;

  show({ doing, done, of }: Step): void {
    if (!stderr.isTTY) return;
    const now = performance.now();
    if (doing !== this.#doing) {
      this.#doing = doing;
      this.#from = done;
      this.#since = now;
    }
    if (now - this.#shown < EVERY_MS) return;
    this.#shown = now;
    const bar = '#'.repeat(Math.round((done / of) * WIDTH)).padEnd(WIDTH, '.');
    const rate = Math.round(((done - this.#from) / (now - this.#since)) * 1_000) || 0;
    const percent = Math.floor((done / of) * 100);
    stderr.write(`\r\x1b[K${doing} [${bar}] ${percent} %, ${done} of ${of} events, ${rate}/s`);
  }

  end(): void {
    if (stderr.isTTY) stderr.write('\r\x1b[K');
  }
}
