// The launcher behind every npm script: packages, pinned Node, build, then the verb. One command
// from a bare clone to a running node, whatever Node and npm the visitor came with.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mayOpenBrowser, openFirstAddress } from './launcher/browser.mjs';
import { buildAll, compile } from './launcher/build.mjs';
import { KILLED, run } from './launcher/child.mjs';
import { ensureInstalled, pinnedNode } from './launcher/install.mjs';
import { NODE_FLAGS } from './launcher/node-flags.mjs';
import { LauncherError, root } from './launcher/project.mjs';
import { JEST, runTests } from './launcher/tests.mjs';
import { verify } from './launcher/verify.mjs';

const SERVER = ['apps/api', 'apps/auditor'];
/** What is said of this machine alone stands over what git keeps. */
const SETTINGS = ['.env', '.env.local']
  .filter((file) => existsSync(join(root, file)))
  .map((file) => `--env-file=${file}`);

// One program each, of those that the server's build makes.
const COMMANDS = {
  import: 'apps/api/dist/import/import.main.js',
  'copy-log': 'apps/api/dist/copy-log/copy-log.main.js',
  backup: 'apps/api/dist/backup/backup.main.js',
  restore: 'apps/api/dist/backup/restore.main.js',
  'export-log': 'apps/api/dist/export/export-log.main.js',
  'import-log': 'apps/api/dist/export/import-log.main.js',
};

const verbs = {
  ...Object.fromEntries(Object.entries(COMMANDS).map(([verb, script]) => [verb, command(script)])),
  async start(node, args) {
    await verbs.build(node);
    const flags = args.filter((arg) => arg !== '--no-open');
    const open = flags.length === args.length && mayOpenBrowser();
    const code = await run(
      node,
      [...SETTINGS, ...NODE_FLAGS, 'apps/api/dist/main.js', ...flags],
      open ? { output: 'watched', onOutput: openFirstAddress() } : {},
    );
    if (code === KILLED)
      console.error('What was acknowledged is on disk: npm start goes on there.');
    return code;
  },
  async build(node) {
    for (const built of await buildAll(node, SERVER)) {
      if (built.status === 'rejected') throw built.reason;
    }
    return 0;
  },
  test: runTests,
  verify,
  jest: (node, args) => run(node, [...JEST, ...args]),
  async bench(node, args) {
    await verbs.build(node);
    return run(node, ['bench/run.ts', ...args]);
  },
  async 'test:faults'(node, args) {
    await compile(node, SERVER);
    const [first, ...rest] = args;
    const script = first === '--soak' ? ['faults/soak.ts', ...rest] : ['faults/run.ts', ...args];
    return run(node, ['--conditions=ceasewatch-source', ...script]);
  },
  async 'verify-log'(node, args) {
    const log = await command('apps/auditor/dist/verify-log.main.js')(node, args);
    // An address and a backup have no rows of their own, and what follows from a flawed log says nothing.
    if (log !== 0 || args.some((arg) => arg.startsWith('--url'))) return log;
    return command('apps/api/dist/verification/verify-read-model.main.js')(node, args);
  },
};

/** @param {string} script */
function command(script) {
  return async (node, args) => {
    await compile(node, SERVER);
    return run(node, [...SETTINGS, script, ...args]);
  };
}

async function main([verb, ...args]) {
  if (!Object.hasOwn(verbs, verb ?? '')) {
    throw new LauncherError(
      `Say what to do: node scripts/run.mjs ${Object.keys(verbs).join(' | ')}`,
    );
  }
  await ensureInstalled();
  return verbs[verb](pinnedNode(), args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof LauncherError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
