// Of which sources and which machine a figure is.
import { execFileSync } from 'node:child_process';
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { version } from 'node:process';
import { projectRoot } from './source-tree.ts';

/** The documents that measuring writes, one row after another: none of them is a source. */
const WRITTEN = [':!docs/figures.md', ':!README.md'];

/** With a `+` where the work tree has sources that no commit has. */
export function commit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: projectRoot, encoding: 'utf8' }).trim();
  const changed =
    git('status', '--porcelain', '--untracked-files=no', '--', '.', ...WRITTEN) !== '';
  return `${git('rev-parse', '--short=12', 'HEAD')}${changed ? '+' : ''}`;
}

export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? arch();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `${model}, ${availableParallelism()} cores, ${memory}, ${platform()} ${release()}, Node ${version}`;
}
