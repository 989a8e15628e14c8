import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The packages of the peers, each set in a folder of its own beside the build's cache: they are installed
 * by `npm run bench -- --peers`, never with the product, and never stand in its lock file.
 */
const FOLDER = join(import.meta.dirname, '../../node_modules/.cache/ceasewatch/peers');

const SETS = {
  'emmett-sqlite': {
    '@event-driven-io/emmett': '0.38.5',
    '@event-driven-io/emmett-sqlite': '0.38.5',
    sqlite3: '5.1.7',
  },
  'emmett-postgresql': {
    '@event-driven-io/emmett': '0.42.0',
    '@event-driven-io/emmett-postgresql': '0.42.0',
    '@event-driven-io/pongo': '0.16.11',
    pg: '8.23.1',
  },
} as const;

export type PeerSet = keyof typeof SETS;

/** Packages whose own code is compiled where they are installed: npm asks that this be said. */
const COMPILED: Readonly<Record<string, true>> = { sqlite3: true };

/** Installs what is not installed yet. @throws what npm says */
export function installPeer(set: PeerSet): void {
  const folder = join(FOLDER, set);
  const manifest = join(folder, 'package.json');
  if (existsSync(join(folder, 'node_modules', '.package-lock.json'))) return;
  mkdirSync(folder, { recursive: true });
  const dependencies = SETS[set];
  writeFileSync(manifest, JSON.stringify({ private: true, dependencies, allowScripts: COMPILED }));
  execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' });
}

/** A module of a set, of the type that its caller says it has. */
export async function peerModule(set: PeerSet, name: string) {
  const path = createRequire(join(FOLDER, set, 'package.json')).resolve(name);
  return import(pathToFileURL(path).href);
}

/** `@event-driven-io/emmett-sqlite 0.38.5` */
export function versioned<Set extends PeerSet>(set: Set, name: keyof (typeof SETS)[Set] & string) {
  return `${name.replace('@event-driven-io/', '')} ${String(SETS[set][name])}`;
}
