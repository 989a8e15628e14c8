import { Inject, type OnModuleDestroy } from '@nestjs/common';
import { type OnGatewayConnection, type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import { LOOPBACK_ONLY } from '../http/doorkeeper.ts';
import { Projector } from '../read-model/projector.ts';
import { Admission } from './admission.ts';
import { Audience } from './audience.ts';
import type { LiveSource } from './backfill.ts';
import { LIVE_LIMITS, type LiveLimits } from './limits.ts';
import { holdToTheProtocol, type LiveServer, type LiveSocket } from './messages.ts';

/**
 * The socket `/live`: who is let in (`admission.ts`), what a client may say (`messages.ts`), what it
 * gets (`audience.ts`). Socket.IO's own recovery, volatile and compression stay off: a position and
 * acknowledgements do better.
 */
@WebSocketGateway({
  path: '/live',
  transports: ['websocket'],
  allowUpgrades: false,
  serveClient: false,
  perMessageDeflate: false,
  httpCompression: false,
  maxHttpBufferSize: 16 * 1024,
  pingInterval: 10_000,
  pingTimeout: 10_000,
  connectTimeout: 5_000,
})
export class LiveGateway
  implements OnGatewayInit<LiveServer>, OnGatewayConnection<LiveSocket>, OnModuleDestroy
{
  private readonly admission: Admission;
  private audience: Audience | undefined;

  constructor(
    @Inject(Projector) private readonly source: LiveSource,
    @Inject(LIVE_LIMITS) private readonly limits: LiveLimits,
    @Inject(LOOPBACK_ONLY) loopbackOnly: boolean,
  ) {
    this.admission = new Admission(limits, loopbackOnly);
  }

  /** Clients connected and clients that are streamed to, for /metrics. */
  get counts(): { readonly connected: number; readonly streaming: number } {
    return this.audience?.counts ?? { connected: 0, streaming: 0 };
  }

  /** Before the node listens: nobody comes in past the door. */
  afterInit(server: LiveServer): void {
    server.engine.opts.allowRequest = (request, decide) => this.admission.admit(request, decide);
    server.engine.on('connection', (connection: LiveSocket['conn']) =>
      holdToTheProtocol(connection, this.limits.messagesASecond),
    );
    this.audience = new Audience(server, this.source, this.limits);
  }

  handleConnection(socket: LiveSocket): void {
    this.audience?.welcome(socket);
  }

  /** Modules go in the order of their imports, so the read model still stands while clients leave. */
  async onModuleDestroy(): Promise<void> {
    this.admission.close();
    await this.audience?.drain();
  }
}
