// The whole test run: types and screens, then jest in two halves side by side, for neither keeps both cores
// busy all the time, then one line that sums both up.
import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { availableParallelism, freemem, tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { buildAll, CACHE } from './build.mjs';
import { run } from './child.mjs';
import { LauncherError, root } from './project.mjs';

// Seconds that each part may take on two cores that have nothing else to do; with a minute to install
// that is under ten minutes. Over budget is said, not failed: a busy machine is not a broken test.
const BUDGETS = { build: 50, 'first half': 450, 'second half': 450 };
const SUITES = [
  ['bench', /^(bench|faults)[^/]*$/],
  ['rooms', /^(?!bench|faults)[^/]+$/],
  ['domain', /^libs\/domain\//],
  ['tlog', /^libs\/tlog\//],
  ['api', /^apps\/api\//],
  ['auditor', /^apps\/auditor\//],
  ['web', /^apps\/web\/(?!browser)/],
  ['browser', /^apps\/web\/browser\//],
];
/** What starts nodes: one more than there are cores, for who waits for a store or a line fills no core. */
const FIRST_HALF = { projects: ['api'], workers: availableParallelism() + 1 };
/** All else, as long together. All share one browser, in which no more than two have room to draw. */
const SECOND_HALF = {
  projects: ['browser', 'bench', 'rooms', 'domain', 'tlog', 'auditor', 'web'],
  workers: Math.min(2, availableParallelism()),
};

/** A folder in memory, where Linux has one: thousands of small logs are then written at its speed. */
const MEMORY = '/dev/shm';
/** Ten times what the tests were seen to hold there at once. */
const ROOM_BYTES = 1024 ** 3;

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
  const times = {};
  const timed = async (part, step) => {
    const began = performance.now();
    const done = await step();
    times[part] = (performance.now() - began) / 1000;
    return done;
  };
  const [sources, screens] = await timed('build', () => buildAll(node));
  // A build that fails counts as one failure and does not hide what the tests have to say.
  for (const built of [sources, screens]) {
    if (built.status === 'fulfilled') continue;
    if (!(built.reason instanceof LauncherError)) throw built.reason;
    console.error(built.reason.message);
    total.failed += 1;
  }
  const half = (part, { projects, workers }, output) => {
    const built = projects.filter((name) => name !== 'browser' || screens.status === 'fulfilled');
    const which = ['--selectProjects', ...built, `--maxWorkers=${workers}`];
    return timed(part, () => runHalf(node, [...which, '--passWithNoTests', ...args], output));
  };
  const halves = [
    half('first half', FIRST_HALF, 'shown'),
    half('second half', SECOND_HALF, 'whole'),
  ];
  for (const { passed, failed, files } of await Promise.all(halves)) {
    total.passed += passed;
    total.failed += failed;
    total.files.push(...files);
  }
  printTimes(total.files, times);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

async function runHalf(node, args, output) {
  const folder = mkdtempSync(join(temporary(), 'ceasewatch-tests-'));
  try {
    const tally = join(folder, 'tally.json');
    const ours = (name) => join(root, 'scripts', 'launcher', name);
    const reporters = ['default', ours('tally-reporter.mjs')];
    const order = `--testSequencer=${ours('test-order.mjs')}`;
    const code = await run(
      node,
      [...JEST, ...args, order, ...reporters.map((name) => `--reporters=${name}`)],
      {
        output,
        env: {
          CEASEWATCH_TALLY: tally,
          CEASEWATCH_TEST_RUN: folder,
          TMPDIR: folder,
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

// Where the person says nothing else, memory that has the room; what a test leaves there goes with it.
function temporary() {
  if (process.env.TMPDIR !== undefined || !existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return Math.min(bavail * bsize, freemem()) < ROOM_BYTES ? tmpdir() : MEMORY;
}

// Of the suites what their files took added up, though they run side by side; of the parts the time itself.
function printTimes(files, times) {
  const line = (name, seconds, more = '') =>
    console.log(`${name.padEnd(11)} ${seconds.toFixed(1).padStart(6)} s${more}`);
  for (const [suite, pattern] of SUITES) {
    const own = files.filter(({ path }) => pattern.test(relative(root, path).split(sep).join('/')));
    if (own.length === 0) continue;
    line(
      suite,
      own.reduce((sum, file) => sum + file.seconds, 0),
    );
  }
  console.log('');
  for (const [part, budget] of Object.entries(BUDGETS)) {
    const seconds = times[part] ?? 0;
    line(part, seconds, ` of ${budget}${seconds > budget ? ', over budget' : ''}`);
  }
}
