import type {
  ClientToServer,
  LiveJoin,
  LiveJoined,
  ServerToClient,
} from '@ceasewatch/api/contract/live';
import { io, type Socket } from 'socket.io-client';
import { ApiProblem } from '../api/api-problem.ts';
import { gatheredFrames } from './gathered-frames.ts';
import type { LiveSocket, SocketEvents } from './live-feed.ts';

const JOIN_TIMEOUT_MS = 10_000;

/**
 * The socket of a tab: websocket only, on our own origin. Retrying is the feed's business, because the
 * pill shows the countdown.
 */
export function liveSocket(told: SocketEvents): LiveSocket {
  const events = gatheredFrames(told);
  const socket: Socket<ServerToClient, ClientToServer> = io({
    path: '/live',
    transports: ['websocket'],
    reconnection: false,
    autoConnect: false,
  });
  socket.on('connect', () => events.opened());
  socket.on('disconnect', () => events.closed());
  socket.on('connect_error', () => events.closed());
  socket.on('frame', (frame) => events.frame(frame));
  socket.on('heartbeat', (heartbeat) => events.heartbeat(heartbeat));
  socket.on('pull', () => events.pull());
  return {
    connect: () => void socket.connect(),
    close: () => void socket.disconnect(),
    join: (join) => joinOn(socket, join),
    ack: (seq) => void socket.emit('ack', { seq }),
  };
}

/** An answer that never comes is a connection that is not there. */
async function joinOn(
  socket: Socket<ServerToClient, ClientToServer>,
  join: LiveJoin,
): Promise<LiveJoined> {
  try {
    return await socket.timeout(JOIN_TIMEOUT_MS).emitWithAck('join', join);
  } catch (error) {
    // All that the client's library says here: no answer in time, or the connection went.
    throw new ApiProblem('network', 0, error instanceof Error ? error.message : '', null);
  }
}
