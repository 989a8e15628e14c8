// Loaded into the child before its own code: a launcher that is killed with SIGKILL can say nothing,
// so the child looks for itself and asks itself to stop in its usual way.
import { isMainThread } from 'node:worker_threads';

const launcher = process.ppid;

if (isMainThread) {
  setInterval(() => {
    if (process.ppid !== launcher) process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
}
