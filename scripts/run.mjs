// The launcher behind every npm script: packages, pinned Node, build, then the verb. One command
// from a bare clone to a running node, whatever Node and npm the visitor came with.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mayOpenBrowser, openFirstAddress } from './launcher/browser.mjs';
import { compile, exportScreens } from './launcher/build.mjs';
import { run } from './launcher/child.mjs';
import { ensureInstalled, pinnedNode } from './launcher/install.mjs';
import { NODE_FLAGS } from './launcher/node-flags.mjs';
import { LauncherError, root } from './launcher/project.mjs';
import { JEST, runTests } from './launcher/tests.mjs';
import { verify } from './launcher/verify.mjs';
import { whereTyped } from './launcher/where-typed.mjs';

const SERVER = ['apps/api', 'apps/auditor'];
const SETTINGS = existsSync(join(root, '.env')) ? ['--env-file=.env'] : [];

const verbs = {
  async start(node, args) {
    await verbs.build(node);
    const flags = args.filter((arg) => arg !== '--no-open');
    const open = flags.length === args.length && mayOpenBrowser();
    return run(
      node,
      [...SETTINGS, ...NODE_FLAGS, 'apps/api/dist/main.js', ...flags],
      open ? { output: 'watched', onOutput: openFirstAddress() } : {},
    );
  },
  async build(node) {
    await compile(node, SERVER);
    await exportScreens(node);
    return 0;
  },
  test: runTests,
  verify,
  jest: (node, args) => run(node, [...JEST, ...args]),
  async bench(node, args) {
    await verbs.build(node);
    return run(node, ['bench/run.ts', ...args]);
  },
  async import(node, args) {
    await compile(node, SERVER);
    return run(node, [
      ...SETTINGS,
      'apps/api/dist/import/import.main.js',
      ...args.map((arg) => whereTyped(arg, process.env.INIT_CWD, root)),
    ]);
  },
  async 'copy-log'(node, args) {
    await compile(node, SERVER);
    return run(node, [...SETTINGS, 'apps/api/dist/copy-log/copy-log.main.js', ...args]);
  },
  async backup(node, args) {
    await compile(node, SERVER);
    return run(node, [...SETTINGS, 'apps/api/dist/backup/backup.main.js', ...args]);
  },
  async restore(node, args) {
    await compile(node, SERVER);
    return run(node, [...SETTINGS, 'apps/api/dist/backup/restore.main.js', ...args]);
  },
  async 'export-log'(node, args) {
    await compile(node, SERVER);
    return run(node, ['apps/api/dist/export/export-log.main.js', ...args]);
  },
  async 'import-log'(node, args) {
    await compile(node, SERVER);
    return run(node, [...SETTINGS, 'apps/api/dist/export/import-log.main.js', ...args]);
  },
  async 'verify-log'(node, args) {
    await compile(node, SERVER);
    const typed = args.map((arg) => whereTyped(arg, process.env.INIT_CWD, root));
    const log = await run(node, [...SETTINGS, 'apps/auditor/dist/verify-log.main.js', ...typed]);
    // An address and a backup have no rows of their own, and what follows from a flawed log says nothing.
    if (log !== 0 || typed.some((arg) => arg.startsWith('--url'))) return log;
    return run(node, [
      ...SETTINGS,
      'apps/api/dist/verification/verify-read-model.main.js',
      ...typed,
    ]);
  },
};

async function main([verb, ...args]) {
  if (!Object.hasOwn(verbs, verb ?? '')) {
    throw new LauncherError(
      `Say what to do: node scripts/run.mjs ${Object.keys(verbs).join(' | ')}`,
    );
  }
  ensureInstalled();
  return verbs[verb](pinnedNode(), args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof LauncherError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
