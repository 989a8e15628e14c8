import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Latency } from './load/quantiles.ts';

/** A program in a process of its own, which is asked with a number and answers before it is asked again. */
export interface AskedProcess<Answer> {
  /** @throws Error it ended without an answer */
  ask(number: number): Promise<Answer>;
  stop(): Promise<void>;
}

/**
 * A load client: told how many units, it answers how long they took.
 *
 * @param script a file of `bench/load`, @param args its arguments
 */
export function loadProcess(
  script: string,
  args: readonly (string | number)[],
): Promise<AskedProcess<Latency>> {
  return askedProcess(join(import.meta.dirname, 'load', script), args);
}

/** Resolves once it said that it is ready; it ends when nobody is connected to it any more. */
export async function askedProcess<Answer>(
  file: string,
  args: readonly (string | number)[],
): Promise<AskedProcess<Answer>> {
  const child = fork(file, args.map(String));
  await said(child);
  return {
    ask(number) {
      child.send(number);
      return said<Answer>(child);
    },
    async stop() {
      child.disconnect();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

function said<Answer>(child: ChildProcess): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const gone = () => reject(new Error('a process ended without an answer'));
  child.once('exit', gone);
  child.once('message', (answer: Answer) => {
    child.off('exit', gone);
    resolve(answer);
  });
  return promise;
}
