import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A dashboard in a process of its own, which nothing holds up that the test itself has to do. */
export class Dashboard {
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  /** Resolves once it is live. */
  static async open(address: string): Promise<Dashboard> {
    const dashboard = new Dashboard(
      fork(join(import.meta.dirname, 'dashboard-process.ts'), [address]),
    );
    await dashboard.#told();
    return dashboard;
  }

  /**
   * Waits until it knows the log up to `seq`.
   * @returns when it knew of which event, by number, as `epochMs` says it
   */
  async heardUntil(seq: number): Promise<readonly number[]> {
    this.#process.send(seq);
    return this.#told();
  }

  async close(): Promise<void> {
    const { exitCode } = this.#process;
    this.#process.disconnect();
    if (exitCode === null) await once(this.#process, 'exit');
  }

  #told(): Promise<readonly number[]> {
    return new Promise((resolve, reject) => {
      const gone = () => reject(new Error('the dashboard ended without an answer'));
      this.#process.once('exit', gone);
      this.#process.once('message', (heardAt: readonly number[]) => {
        this.#process.off('exit', gone);
        resolve(heardAt);
      });
    });
  }
}
