import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Latency } from './load/quantiles.ts';

/** A load client in a process of its own: told how many units, it answers how long they took. */
export interface LoadProcess {
  run(units: number): Promise<Latency>;
  stop(): Promise<void>;
}

/** @param script a file of `bench/load`, @param args its arguments */
export async function loadProcess(
  script: string,
  args: readonly (string | number)[],
): Promise<LoadProcess> {
  const child = fork(join(import.meta.dirname, 'load', script), args.map(String));
  await answerOf(child);
  return {
    async run(units) {
      child.send(units);
      return answerOf(child);
    },
    async stop() {
      child.disconnect();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

function answerOf(child: ChildProcess): Promise<Latency> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error('the load client ended without an answer'));
    child.once('exit', gone);
    child.once('message', (answer: Latency) => {
      child.off('exit', gone);
      resolve(answer);
    });
  });
}
