// Everything that needs no server and no browser, in seconds: one line each.
import { compilerExit } from './build.mjs';
import { run } from './child.mjs';
import { JEST } from './tests.mjs';

const CHECKS = [
  ['lint', ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings']],
  ['format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.']],
  ['unused', ['node_modules/knip/bin/knip.js']],
  ['rooms and lock file', [...JEST, '--selectProjects', 'rooms']],
];

/**
 * Runs every check, even after one has failed.
 * @param {string} node path of the Node binary
 * @returns {Promise<number>} the exit code
 */
export async function verify(node) {
  /** @type {[name: string, check: () => Promise<number>][]} */
  const checks = [['types', () => compilerExit(node)]];
  for (const [name, args] of CHECKS) checks.push([name, () => run(node, args, { output: 'kept' })]);
  let failed = 0;
  for (const [name, check] of checks) {
    const began = Date.now();
    const passed = (await check()) === 0;
    if (!passed) failed += 1;
    console.log(
      `${passed ? 'ok    ' : 'FAILED'}  ${name}  ${((Date.now() - began) / 1000).toFixed(1)} s`,
    );
  }
  return failed === 0 ? 0 : 1;
}
