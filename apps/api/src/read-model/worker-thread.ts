import type { WorkerOptions } from 'node:worker_threads';

/**
 * How threads are started here: from the built JavaScript in production, from TypeScript in tests,
 * where packages are read from their sources as well.
 */
const fromSources = import.meta.url.endsWith('.ts');

export const WORKER_OPTIONS: WorkerOptions = {
  execArgv: fromSources
    ? ['--conditions=ceasewatch-source', '--disable-warning=ExperimentalWarning']
    : ['--disable-warning=ExperimentalWarning'],
};

/** `./name` beside a module, with the module's own ending. */
export function siblingModule(module: string, name: string): URL {
  return new URL(`./${name}${module.slice(module.lastIndexOf('.'))}`, module);
}
