import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { centreFileIn } from '../apps/api/test/testing/centre-file.ts';
import { NODE_FLAGS } from '../scripts/launcher/node-flags.mjs';
import { freshFolder, removeFolder } from './disk.ts';
import type { OwnStore } from './store-contenders.ts';

/** A server in a process of its own, so that its processor time is its own too. */
export interface ServerProcess {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  /** Microseconds of processor time, user and system, since it started. */
  cpuMicros(): Promise<number>;
  /** The most memory it has held so far, where the system tells: on Linux. */
  memoryBytes(): Promise<number | undefined>;
  /** What it holds just now, where the system tells. */
  residentBytes(): number | undefined;
  stop(): Promise<void>;
}

/** A bench that is ended takes its servers with it. */
const LEASH = new URL('../scripts/launcher/leash.mjs', import.meta.url).href;
const PEAK = /^VmHWM:\s+(\d+) kB$/m;
const RESIDENT = /^VmRSS:\s+(\d+) kB$/m;
const CPU = /^(?:ceasewatch_)?process_cpu_seconds_total ([\d.]+)$/m;

/** The product as `npm start -- --empty` runs it, with the exercise's centre and no reports; or on a store. */
export async function productNode(store?: OwnStore): Promise<ServerProcess> {
  const folder = freshFolder();
  const data = ['--empty', '--centre', centreFileIn(folder), '--data', join(folder, 'data')];
  const running = await startedNode([...data, '--port', '0'], store);
  return { ...running, stop: () => running.stop().then(() => removeFolder(folder)) };
}

/** The product with these flags, on a folder that stays when it stops. */
export async function startedNode(flags: readonly string[], store?: OwnStore): Promise<NodeServer> {
  const metrics = await freePort();
  const main = join(import.meta.dirname, '../apps/api/dist/main.js');
  const args = [...NODE_FLAGS, '--import', LEASH, main, ...flags];
  const child = spawn(execPath, [...args, '--metrics-port', `${metrics}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...env, ...(store && { EVENTSTORE_URL: store.url, EVENTSTORE_PREFIX: store.prefix }) },
  });
  const server = await serverOf(child, () => `http://127.0.0.1:${metrics}/metrics`);
  const kill = async () => {
    child.kill('SIGKILL');
    if (child.signalCode === null) await once(child, 'exit');
  };
  return { ...server, kill };
}

export interface NodeServer extends ServerProcess {
  /** With SIGKILL. */
  kill(): Promise<void>;
}

/** The least that keeps the same promise; see `servers/bare-http.ts`. */
export async function bareServer(): Promise<ServerProcess> {
  const folder = freshFolder();
  const script = join(import.meta.dirname, 'servers/bare-http.ts');
  const child = spawn(execPath, ['--import', LEASH, script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const running = await serverOf(child, (address) => `${address}/metrics`);
  return { ...running, stop: () => running.stop().then(() => removeFolder(folder)) };
}

async function serverOf(
  child: ChildProcess,
  metricsOf: (address: string) => string,
): Promise<ServerProcess> {
  const address = await readyAt(child);
  const heldBytes = (told: RegExp) => {
    const status = `/proc/${child.pid}/status`;
    if (!existsSync(status)) return undefined;
    return Number(told.exec(readFileSync(status, 'utf8'))?.[1] ?? Number.NaN) * 1_024;
  };
  return {
    address,
    async cpuMicros() {
      const text = await (await fetch(metricsOf(address))).text();
      return Number(CPU.exec(text)?.[1] ?? Number.NaN) * 1e6;
    },
    memoryBytes: async () => heldBytes(PEAK),
    residentBytes: () => heldBytes(RESIDENT),
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

async function readyAt(child: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk);
    const address = /ready at (http:\S+)\n/.exec(said)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error('the server ended before it was ready');
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
