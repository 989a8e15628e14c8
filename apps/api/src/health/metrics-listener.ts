import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AlarmWatch } from './alarm-watch.ts';
import { METRICS_TYPE, metricsText } from './metrics-text.ts';
import type { VitalSigns } from './vital-signs.ts';

/** The second listener: what only whoever runs the node should read. It is not part of the API. */
export async function listenForMetrics(
  { signs, alarms }: { readonly signs: VitalSigns; readonly alarms: AlarmWatch },
  { port, host }: { readonly port: number; readonly host: string },
): Promise<Server> {
  const server = createServer((request, response) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', 'no-store');
    if (request.method !== 'GET') {
      response.writeHead(405).end();
    } else if (request.url === '/metrics') {
      response.setHeader('Content-Type', METRICS_TYPE);
      response.end(metricsText(signs.detail(), alarms.raised, signs.traffic));
    } else if (request.url === '/health/detail') {
      response.setHeader('Content-Type', 'application/json; charset=utf-8');
      response.end(JSON.stringify({ ...signs.detail(), alarms: alarms.raised }));
    } else {
      response.writeHead(404).end();
    }
  });
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}
