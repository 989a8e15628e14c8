import { env } from 'node:process';
import { peerModule } from './peer-packages.ts';

/** A database of its own for every round, on the server that `POSTGRES_TEST_URL` names. */
export interface PostgresPool {
  query(text: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly Row[] }>;
  /** A connection of its own, for as long as somebody listens on it. */
  connect(): Promise<PostgresListener>;
  end(): Promise<void>;
}

interface PostgresListener {
  query(text: string): Promise<unknown>;
  on(event: 'notification', told: () => void): void;
  /** @param gone whether nobody else may use the connection */
  release(gone: boolean): void;
}

type Row = Readonly<Record<string, unknown>>;

interface Pg {
  readonly default: {
    readonly Pool: new (options: { connectionString: string; max?: number }) => PostgresPool;
  };
}

export const POSTGRES_VARIABLE = 'POSTGRES_TEST_URL';

export async function freshDatabase() {
  const address = env[POSTGRES_VARIABLE];
  if (address === undefined) throw new Error(`${POSTGRES_VARIABLE} is not set`);
  const server = await poolOf(address, 1);
  await refuseWhatIsNotDurable(server);
  const name = `ceasewatch_bench_${process.pid}_${Math.round(performance.now() * 1_000)}`;
  await server.query(`CREATE DATABASE ${name}`);
  const url = new URL(address);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      await server.query(`DROP DATABASE ${name}`);
      await server.end();
    },
  };
}

/** As many connections as have work: one for each writer up to what a server takes by default. */
export function connectionsOf(writers: number): number {
  return Math.min(writers, 64);
}

export async function poolOf(connectionString: string, max: number): Promise<PostgresPool> {
  const { default: pg }: Pg = await peerModule('emmett-postgresql', 'pg');
  return new pg.Pool({ connectionString, max });
}

async function refuseWhatIsNotDurable(server: PostgresPool): Promise<void> {
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    const { rows } = await server.query(`SHOW ${setting}`);
    if (rows[0]?.[setting] === 'on') continue;
    throw new Error(`the server of POSTGRES_TEST_URL has ${setting} off: it promises less`);
  }
}
