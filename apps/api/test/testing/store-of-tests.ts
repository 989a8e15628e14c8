import { createHash } from 'node:crypto';
import { env } from 'node:process';
import type { NodeConfig } from '../../src/config.ts';
import { addressOf } from '../../src/event-log/testing/store-under-test.ts';
import { StandIn } from '../../src/event-log/testing/stand-in.ts';

/**
 * In which store nodes under test keep their log: their own folder or, where `TEST_STORE` says so, the
 * `stand-in` or the server of an `esdb://` address. So every test of the API is one of both stores.
 */
let standIn: Promise<StandIn> | undefined;

export async function storeOfTests(folder: string): Promise<NodeConfig['store']> {
  const named = env['TEST_STORE'];
  if (named === undefined) return undefined;
  standIn ??= named === 'stand-in' ? StandIn.started() : undefined;
  const url = standIn === undefined ? named : (await standIn).url;
  // A folder that is used again is of the same node.
  const prefix = `t${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
  return { address: addressOf(url), prefix };
}
