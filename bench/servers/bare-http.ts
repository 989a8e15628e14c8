import { createServer } from 'node:http';
import { join } from 'node:path';
import process, { argv, cpuUsage, stdout } from 'node:process';
import { WriterConnection } from '../../apps/api/dist/event-log/sqlite-connection.js';

/**
 * The reference beside the product: `node:http`, `JSON.parse`, one row as large as an event's in
 * `node:sqlite` with the same durability, then 201. No check, no rule, no hash, no read model.
 */
const { db } = new WriterConnection(join(argv[2] ?? '.', 'bare.sqlite'));
db.exec(
  'CREATE TABLE report (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL) STRICT',
);
const insert = db.prepare('INSERT INTO report (id, body) VALUES (?, ?)');

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    const { user, system } = cpuUsage();
    response.end(`process_cpu_seconds_total ${(user + system) / 1e6}\n`);
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const text = Buffer.concat(chunks).toString();
    const { id }: { id: string } = JSON.parse(text);
    const { lastInsertRowid } = insert.run(id, text);
    const body = JSON.stringify({ id, seq: Number(lastInsertRowid) });
    response.writeHead(201, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
    });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  stdout.write(`ready at http://127.0.0.1:${port}\n`);
});
process.on('SIGTERM', () => process.exit(0));
