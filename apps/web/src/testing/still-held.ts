import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** How many of these objects somebody still holds, after everything that nobody holds is gone. */
export async function stillHeld(objects: readonly WeakRef<object>[]): Promise<number> {
  // What a turn of the event loop has looked at stays until it ends.
  for (let turn = 0; turn < 3; turn += 1) {
    await nextTurn();
    collectGarbage();
  }
  return objects.filter((object) => object.deref() !== undefined).length;
}
