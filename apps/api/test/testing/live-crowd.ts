import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { execPath } from 'node:process';
import type { LiveFrame } from '@ceasewatch/api/contract/live';

/** What one dashboard of the crowd can say of itself. */
export interface CrowdMember {
  readonly position: number;
  readonly log: string | undefined;
  readonly reloads: number;
  /** Frames that did not go on from its position. */
  readonly gaps: number;
  readonly connections: number;
  /** The longest it was without a connection. */
  readonly longestGapMs: number;
  /** Whether what it applied is 0, 1, 2 … without a gap or a repeat. */
  readonly inOrder: boolean;
  readonly applied: number;
  /** SHA-256 over the changes it applied, a line of JSON each. */
  readonly digest: string;
}

/** Of changes as a dashboard applied them, or as the log has them. */
export function digestOf(changes: LiveFrame['changes']): string {
  const digest = createHash('sha256');
  for (const change of changes) digest.update(`${JSON.stringify(change)}\n`);
  return digest.digest('hex');
}

/** Dashboards in another process, so that their work is not the work of whoever watches them. */
export class LiveCrowd {
  readonly #child: ChildProcess;

  constructor(address: string, count: number) {
    const script = join(import.meta.dirname, 'live-crowd.process.ts');
    this.#child = spawn(execPath, [script, address, `${count}`], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  }

  /** Resolves when every one of them has applied the event `seq`. */
  async reached(seq: number, withinMs: number): Promise<void> {
    for (const until = performance.now() + withinMs; ;) {
      const positions = await this.#ask<readonly number[]>('where');
      if (positions.every((position) => position >= seq)) return;
      if (performance.now() > until) {
        const behind = positions.filter((position) => position < seq);
        throw new Error(`${behind.length} did not reach ${seq}: ${behind.slice(0, 5).join(', ')}`);
      }
      await new Promise((resume) => setTimeout(resume, 50));
    }
  }

  members(): Promise<readonly CrowdMember[]> {
    return this.#ask('all');
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.disconnect();
    await once(this.#child, 'exit');
  }

  async #ask<Answer>(asked: 'where' | 'all'): Promise<Answer> {
    const answered = once(this.#child, 'message');
    this.#child.send(asked);
    const [answer] = await answered;
    return answer;
  }
}
