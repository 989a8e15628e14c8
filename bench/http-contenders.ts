import type { Contender } from './harness.ts';
import { loadProcess } from './asked-process.ts';
import type { ServerProcess } from './node-process.ts';

/** A server under a load client; both are processes of their own, and both begin anew every round. */
export function underLoad(
  name: string,
  server: () => Promise<ServerProcess>,
  script: string,
  args: readonly (string | number)[],
): Contender {
  return {
    name,
    async start() {
      const running = await server();
      const load = await loadProcess(script, [running.address, ...args]).catch(async (error) => {
        await running.stop();
        throw error;
      });
      return {
        run: (units) => load.ask(units),
        cpuMicros: () => running.cpuMicros(),
        memoryBytes: () => running.memoryBytes(),
        async stop() {
          await load.stop();
          await running.stop();
        },
      };
    },
  };
}
