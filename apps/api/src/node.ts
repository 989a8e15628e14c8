import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.ts';
import type { Clock } from './clock.ts';
import type { NodeConfig } from './config.ts';
import { ExerciseRunner } from './exercise/exercise.runner.ts';
import { AlarmWatch } from './health/alarm-watch.ts';
import { listenForMetrics } from './health/metrics-listener.ts';
import { VitalSigns } from './health/vital-signs.ts';
import { checkedPipe } from './http/checked.pipe.ts';
import { doorkeeper } from './http/doorkeeper.ts';
import { headers } from './http/headers.ts';
import { NodeHttpAdapter } from './http/http-server.ts';
import { knownMethods } from './http/known-methods.ts';
import { ApiDocument } from './http/openapi.controller.ts';
import { tellsStaleness } from './http/stale-since.ts';
import { strictBody } from './http/strict-body.ts';
import { strictQuery } from './http/strict-query.ts';
import { begin } from './begin.ts';
import { IMPORT_PATH } from './import/import.controller.ts';
import { removeNodeAddress, writeNodeAddress } from './node-address.ts';
import { type OpenedParts, openParts } from './open-parts.ts';
import { servePages } from './pages/serve-pages.ts';
import { readSiteMap } from './pages/site-map.ts';
import { ProblemFilter } from './problem.filter.ts';
import { ColumnsDesk } from './read-model/columns-desk.ts';
import { Projector } from './read-model/projector.ts';

/**
 * One node: the open log, the rooms, the listener. `main.ts` starts one, the API tests start many;
 * what differs between them (settings, clock) comes in as arguments.
 */
export interface RunningNode {
  readonly address: string;
  readonly app: NestExpressApplication;
  readonly parts: OpenedParts;
  /** Stops as `stop()` says; safe to call twice. */
  readonly stop: () => Promise<void>;
}

const SCREENS = fileURLToPath(new URL('../../web/out', import.meta.url));

/** @throws EventLogError, Refusal (centre file), or the listener's error (EADDRINUSE …) */
export async function startNode(config: NodeConfig, now: Clock): Promise<RunningNode> {
  const parts = await openParts(config, now);
  let app: NestExpressApplication | undefined;
  try {
    app = await assemble(config, parts);
    // Into a damaged log nothing is written, by nobody.
    const isDamaged = parts.eventLog.condition().store === 'damaged';
    if (!isDamaged) await begin(config, app);
    // Rows that are still being built were waited for before, and are not waited for again.
    if (app.get(Projector).state !== 'rebuilding') await caughtUp(app.get(Projector), parts);
    if (config.sort === 'exercise' && !isDamaged) app.get(ExerciseRunner).start();
    parts.settle();
    await app.listen(config.port, config.host);
    const watched = { signs: app.get(VitalSigns), alarms: app.get(AlarmWatch) };
    const metrics = config.metrics && (await listenForMetrics(watched, config.metrics));
    const running = app;
    const address = addressOf(config, running.getHttpServer());
    await writeNodeAddress(config.data, address);
    app.get(ColumnsDesk).loadAhead();
    let stopped: Promise<void> | undefined;
    return {
      address,
      app: running,
      parts,
      stop: () => (stopped ??= stop(running, parts, metrics)),
    };
  } catch (error) {
    await app?.close();
    await parts.close();
    throw error;
  }
}

async function assemble(config: NodeConfig, parts: OpenedParts): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.of(parts),
    new NodeHttpAdapter(parts.traffic, [IMPORT_PATH]),
    { bodyParser: false, logger: false, abortOnError: false },
  );
  app.disable('x-powered-by');
  // A tag of every JSON answer would cost its hash; answers of the API are never kept anyway.
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.setGlobalPrefix('api', { exclude: ['health/live', 'health/ready'] });
  app.useGlobalPipes(checkedPipe());
  app.useGlobalFilters(new ProblemFilter());
  app.use(parts.traffic.watch(), headers(), doorkeeper({ loopback: config.loopback }));
  app.use(
    knownMethods(),
    tellsStaleness(() => parts.eventLog.condition()),
  );
  app.use(servePages(readSiteMap(SCREENS), config.sort));
  app.use(strictQuery([IMPORT_PATH]), strictBody(parts.traffic.room, [IMPORT_PATH]));
  app.get(ApiDocument).describes(app);
  // The rooms begin with what is there: nobody sees the read model jump under him.
  await app.get(Projector).start();
  await caughtUp(app.get(Projector), parts);
  await app.init();
  return app;
}

/** Longer than this a rebuild is not waited for: the node listens and says how far it is. */
const REBUILD_MS = 5_000;

async function caughtUp(projector: Projector, { eventLog }: OpenedParts): Promise<void> {
  const patience = AbortSignal.timeout(REBUILD_MS);
  try {
    await projector.whenProjected(eventLog.head().seq, patience);
  } catch (error) {
    if (!patience.aborted) throw error;
  }
}

function addressOf({ host }: NodeConfig, server: Server): string {
  const bound = server.address();
  const { port } = bound as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? 'localhost' : host;
  return `http://${name}:${port}`;
}

/** A proxy that asks us whether we are ready learns of the stop before we refuse it. */
const PROXY_ASKS_EVERY_MS = 15_000;
const PROXY_NOTICES_MS = 2_000;
const LAST_REQUESTS_MS = 5_000;
const LOOK_EVERY_MS = 20;

/** In this order, nobody who was let in is left without an answer. */
async function stop(
  app: NestExpressApplication,
  parts: OpenedParts,
  metrics: Server | undefined,
): Promise<void> {
  const { traffic } = parts;
  const server: Server = app.getHttpServer();
  traffic.draining = true;
  const sinceAsked = parts.now() - app.get(VitalSigns).readyAskedAt;
  if (sinceAsked >= 0 && sinceAsked < PROXY_ASKS_EVERY_MS) await pause(PROXY_NOTICES_MS);
  server.close();
  const until = performance.now() + LAST_REQUESTS_MS;
  while (traffic.underWay > 0 && performance.now() < until) await pause(LOOK_EVERY_MS);
  // A connection that never asked for anything is not idle to Node, and closing would wait for it.
  server.closeAllConnections();
  // Live sockets are let go in slices by their gateway; then the read model stops, then the log.
  await app.close();
  metrics?.closeAllConnections();
  metrics?.close();
  await removeNodeAddress(parts.readModel.folder);
  await parts.close();
}

function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}
