import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Random, randomOf } from '@ceasewatch/domain/testing/random';
import { LiveFollower } from '../../apps/api/test/testing/live-follower.ts';
import { until } from '../../apps/api/test/testing/until.ts';
import { Ledger } from '../model/ledger.ts';
import { Orders } from '../model/orders.ts';
import type { RealNode } from '../model/real-process.ts';
import { Tally } from '../tally.ts';
import { grownMb, MOST_GROWTH_MB } from './growth.ts';
import { frame, head, packet, upgrade } from './rude-bytes.ts';

const AT_A_TIME = 50;
const MOST_FRAMES = 6;
/** Nobody of them stays longer. */
const STAYS_MS = 300;

/**
 * Connections that are dropped, cut, reset and abused, and beside them a dashboard and an officer who must
 * not notice: each batch one report, which the dashboard is told of in order, and no connection is left.
 */
export async function rudeConnections(node: RealNode, times: number, seed: string): Promise<Tally> {
  const [random, tally, ledger] = [randomOf(seed), new Tally(), new Ledger()];
  const orders = new Orders(seed, node.now);
  const follower = new LiveFollower();
  await follower.connect(node.address);
  const heaps: number[] = [];
  while (tally.times < times) {
    const count = Math.min(AT_A_TIME, times - tally.times);
    const batch = Array.from({ length: count }, () => rude(node.address, random, tally));
    const report = orders.report();
    await ledger.send(node.address, report);
    await Promise.all(batch);
    const heard = () =>
      follower.applied.some(({ subject }) => subject === `observation/${report.observation}`);
    await until(heard);
    await until(async () => (await node.detail()).sockets.connected === 1);
    for (let n = 0; n < count; n += 1) tally.add();
    heaps.push((await node.detail()).heapBytes);
  }
  await ledger.judge(node.address, tally);
  if (follower.gaps > 0 || follower.reloads > 0)
    tally.add('the dashboard beside them was disturbed');
  const grown = grownMb(heaps, times);
  if (grown > MOST_GROWTH_MB) tally.add(`it grew by ${grown.toFixed(0)} MiB`);
  await follower.leave();
  return tally;
}

async function rude(address: string, random: Random, tally: Tally): Promise<void> {
  const { hostname, host, port } = new URL(address);
  const [what, bytes] = drawn(host, random);
  // Drawn before anything is awaited, so that the same seed is rude in the same way.
  const [cut, stays, resets] = [random.chance(0.3), random.chance(0.5), random.chance(0.3)];
  const upTo = cut ? random.whole(0, bytes.length) : bytes.length;
  tally.saw(what);
  const socket = connect(Number(port), hostname);
  // It is cut off as often as it goes by itself.
  socket.on('error', () => socket.destroy());
  socket.resume();
  const closed = once(socket, 'close');
  socket.write(bytes.subarray(0, upTo));
  if (stays) await Promise.race([closed, pause(STAYS_MS)]);
  leave(socket, resets);
  await closed;
}

function drawn(host: string, random: Random): readonly [what: string, bytes: Buffer] {
  if (random.chance(0.15)) return ['gone at once', Buffer.alloc(0)];
  if (random.chance(0.2)) return ['requests', head(host)];
  const frames = Array.from({ length: random.whole(1, MOST_FRAMES) }, () =>
    frame(random, packet(random)),
  );
  const greeting = random.chance(0.7) ? [frame(random, Buffer.from('40'))] : [];
  return ['websockets', Buffer.concat([upgrade(host), ...greeting, ...frames])];
}

function leave(socket: Socket, resets: boolean): void {
  if (resets) socket.resetAndDestroy();
  else socket.destroySoon();
}
