// The whole test run: types, then jest in two halves, then one line that sums both up.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, exportScreens } from './build.mjs';
import { run } from './child.mjs';
import { LauncherError } from './project.mjs';

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
  const total = { passed: 0, failed: 0 };
  try {
    await compile(node);
    await exportScreens(node);
    for (const half of [
      ['--selectProjects', ...FAST],
      ['--selectProjects', 'browser', '--runInBand'],
    ]) {
      const { passed, failed } = await runHalf(node, [...half, '--passWithNoTests', ...args]);
      total.passed += passed;
      total.failed += failed;
    }
  } catch (error) {
    if (!(error instanceof LauncherError)) throw error;
    console.error(error.message);
    total.failed += 1;
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

// Jest's own counters, not its exit code: a file that does not load has no failed test but has failed.
async function runHalf(node, args) {
  const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-tests-'));
  try {
    const results = join(folder, 'results.json');
    const code = await run(node, [...JEST, ...args, '--json', `--outputFile=${results}`], {
      output: 'withoutStdout',
    });
    if (!existsSync(results)) return { passed: 0, failed: code === 0 ? 0 : 1 };
    const counted = JSON.parse(readFileSync(results, 'utf8'));
    const failed = counted.numFailedTests + counted.numRuntimeErrorTestSuites;
    return { passed: counted.numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
