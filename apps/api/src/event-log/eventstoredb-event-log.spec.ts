import { afterAll, beforeAll } from '@jest/globals';
import { env } from 'node:process';
import { readStoreAddress, type StoreAddress } from './eventstoredb-address.ts';
import { itKeepsTheContractOfTheLog } from './event-log.contract.ts';
import { openEventStoreDbLog } from './open-eventstoredb-log.ts';
import { FIRST_INSTANT, testId } from './testing/events.ts';
import { StandIn } from './testing/stand-in.ts';

let prefixes = 0;
const run = Date.now().toString(36).slice(-6);

/** Every test has a log of its own in the one store. */
async function opened(url: string) {
  const address = addressOf(url);
  const prefix = `t${run}n${(prefixes += 1)}`;
  const folder = ':memory:';
  const about = { exercise: true, logId: testId(0), now: () => FIRST_INSTANT, clock: Date.now };
  const log = await openEventStoreDbLog({ address, prefix, folder, ...about });
  return { log, close: () => log.close() };
}

function addressOf(url: string): StoreAddress {
  const address = readStoreAddress(url, process.cwd());
  if (typeof address === 'string') throw new Error(address);
  return address;
}

let standIn: StandIn;
beforeAll(async () => {
  standIn = await StandIn.started();
});
afterAll(() => standIn.kill());

itKeepsTheContractOfTheLog("EventStoreDB's stand-in", () => opened(standIn.url));

const real = env['EVENTSTORE_TEST_URL'];
if (real !== undefined) itKeepsTheContractOfTheLog('EventStoreDB', () => opened(real));
