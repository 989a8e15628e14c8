// The whole test run: types, then jest in two halves, then one line that sums both up.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { CACHE, compile, exportScreens } from './build.mjs';
import { run } from './child.mjs';
import { LauncherError, root } from './project.mjs';

// Seconds of test files added up, on two cores that have nothing else to do and share them. With a
// minute and a half to install and build that is under ten minutes. Over budget is said, not failed: a
// busy machine is not a broken test.
const BUDGETS = [
  ['rooms', /^[^/]+$/, 10],
  ['domain', /^libs\/domain\//, 60],
  ['tlog', /^libs\/tlog\//, 20],
  ['api', /^apps\/api\//, 460],
  ['auditor', /^apps\/auditor\//, 30],
  ['web', /^apps\/web\/(?!browser)/, 60],
  ['browser', /^apps\/web\/browser\//, 300],
];
/** One more than there are cores: files that wait for a store, a line or a process fill no core. */
const FAST_WORKERS = availableParallelism() + 1;
/** All share one browser, in which no more than these two have room to draw at once. */
const BROWSER_WORKERS = Math.min(2, availableParallelism());
const FAST = ['rooms', 'domain', 'tlog', 'api', 'auditor', 'web'];

/** Arguments that run jest on ES modules, before jest's own. */
export const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];

/**
 * Runs every test and prints `N passed, N failed` as the last line.
 * @param {string} node path of the Node binary
 * @param {string[]} args handed to jest, for instance a file's name
 * @returns {Promise<number>} the exit code: 0 when something passed and nothing failed
 */
export async function runTests(node, args) {
  const total = { passed: 0, failed: 0, files: [] };
  const halves = [['--selectProjects', ...FAST, `--maxWorkers=${FAST_WORKERS}`]];
  const built = [succeeds(() => compile(node)), succeeds(() => exportScreens(node))];
  const [compiles, hasScreens] = await Promise.all(built);
  if (!compiles) total.failed += 1;
  if (hasScreens) {
    halves.push(['--selectProjects', 'browser', `--maxWorkers=${BROWSER_WORKERS}`]);
  } else {
    total.failed += 1;
  }
  for (const half of halves) {
    const { passed, failed, files } = await runHalf(node, [...half, '--passWithNoTests', ...args]);
    total.passed += passed;
    total.failed += failed;
    total.files.push(...files);
  }
  printTimes(total.files);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

// A type error counts as one failure and does not hide what the tests have to say.
async function succeeds(step) {
  try {
    await step();
    return true;
  } catch (error) {
    if (!(error instanceof LauncherError)) throw error;
    console.error(error.message);
    return false;
  }
}

async function runHalf(node, args) {
  const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-tests-'));
  try {
    const tally = join(folder, 'tally.json');
    const ours = (name) => join(root, 'scripts', 'launcher', name);
    const reporters = ['default', ours('tally-reporter.mjs')];
    const order = `--testSequencer=${ours('test-order.mjs')}`;
    const code = await run(
      node,
      [...JEST, ...args, order, ...reporters.map((name) => `--reporters=${name}`)],
      {
        env: {
          CEASEWATCH_TALLY: tally,
          CEASEWATCH_TEST_RUN: folder,
          // What runs under test starts again and again: what was compiled for it is kept.
          NODE_COMPILE_CACHE: join(CACHE, 'compiled'),
        },
      },
    );
    if (!existsSync(tally)) return { passed: 0, failed: code === 0 ? 0 : 1, files: [] };
    const { passed, failed, files } = JSON.parse(readFileSync(tally, 'utf8'));
    return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, files };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function printTimes(files) {
  for (const [suite, pattern, budget] of BUDGETS) {
    const own = files.filter(({ path }) => pattern.test(relative(root, path).split(sep).join('/')));
    if (own.length === 0) continue;
    const seconds = own.reduce((sum, file) => sum + file.seconds, 0);
    const over = seconds > budget ? ', over budget' : '';
    console.log(`${suite.padEnd(8)} ${seconds.toFixed(1).padStart(6)} s of ${budget}${over}`);
  }
}
