// What is built from the sources: JavaScript by tsc, the screens by Next as an export of files.
// The export is built again only when something that goes into it has other bytes.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative, sep } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { run } from './child.mjs';
import { LauncherError, root } from './project.mjs';
import { withSignOfLife } from './sign-of-life.mjs';

const WEB = 'apps/web';
const WEB_INPUTS = [
  WEB,
  'libs',
  'apps/api/src/contract',
  'package-lock.json',
  'tsconfig.base.json',
];
/** What the screens import of the other houses is resolved to what the compiler made of it. */
const UNDER_THE_SCREENS = ['libs/domain', 'libs/tlog'];
const NOT_AN_INPUT =
  /(^|\/)(node_modules|dist|out|\.next|browser|testdata)(\/|$)|\.spec\.tsx?$|next-env\.d\.ts$|\.tsbuildinfo$/;
/** What is made once and kept, for as long as the packages are. */
export const CACHE = join(root, 'node_modules', '.cache', 'ceasewatch');

/** Compiles the named projects and what they refer to; without names everything, tests included. */
export async function compile(node, projects = []) {
  const work = () => compiled(node, projects);
  if (existsSync(join(root, 'apps/api/dist'))) await work();
  else await withSignOfLife('Compiling (the first time, about half a minute) …', work);
}

async function compiled(node, projects) {
  if ((await compilerExit(node, projects)) === 0) return;
  throw new LauncherError('The sources do not compile (see above).');
}

/** The compiler's exit code for the same; its findings are printed. */
export function compilerExit(node, projects = []) {
  return run(node, ['node_modules/typescript/bin/tsc', '-b', ...projects]);
}

/**
 * Compiles the named projects, or everything, while the screens are built. What lies under the screens
 * comes first: on a bare clone they would else look for files that the compiler has not come to yet.
 *
 * @returns {Promise<PromiseSettledResult<void>[]>} of the sources, and of the screens
 */
export async function buildAll(node, projects = []) {
  const [under] = await Promise.allSettled([compiled(node, UNDER_THE_SCREENS)]);
  if (under.status === 'rejected') return [under, under];
  return Promise.allSettled([compile(node, projects), exportScreens(node)]);
}

/** Builds apps/web/out unless it already stands for the present sources; they are compiled before. */
async function exportScreens(node) {
  if (!existsSync(join(root, WEB, 'next.config.mjs'))) return;
  await oneBuildAtATime(async () => {
    const inputs = hashOfInputs();
    const stampPath = join(root, WEB, '.next', 'ceasewatch-inputs');
    if (
      existsSync(stampPath) &&
      readFileSync(stampPath, 'utf8') === inputs &&
      existsSync(join(root, WEB, 'out'))
    )
      return;
    rmSync(stampPath, { force: true });
    await withSignOfLife(
      'Building the screens (when they have changed, about half a minute) …',
      () => buildScreens(node),
    );
    writeFileSync(stampPath, inputs);
  });
}

async function buildScreens(node) {
  const env = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
  const next = ['node_modules/next/dist/bin/next', 'build', WEB];
  if ((await run(node, next, { env, output: 'kept' })) !== 0) {
    throw new LauncherError('The screens could not be built (see above).');
  }
  const finish = join(WEB, 'scripts', 'finish-export.ts');
  if (existsSync(join(root, finish)) && (await run(node, [finish])) !== 0) {
    throw new LauncherError('The exported screens could not be finished (see above).');
  }
}

function hashOfInputs() {
  const hash = createHash('sha256');
  for (const path of WEB_INPUTS.flatMap((input) => filesUnder(join(root, input)))) {
    hash
      .update(relative(root, path).split(sep).join('/'))
      .update('\0')
      .update(readFileSync(path))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  const name = relative(root, path).split(sep).join('/');
  if (NOT_AN_INPUT.test(name) || !existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((entry) => filesUnder(join(path, entry)));
}

// Two launchers at once (a running test, a second start) would write into the same .next folder.
async function oneBuildAtATime(build) {
  const lock = join(CACHE, 'screens.lock');
  mkdirSync(CACHE, { recursive: true });
  for (let waited = false; !takeLock(lock); waited = true) {
    if (!waited) console.log('Waiting for another build of the screens …');
    await pause(500);
  }
  try {
    await build();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isAlive(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function isAlive(lock) {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
