import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readStoreAddress, type StoreAddress } from './event-log/eventstoredb-address.ts';
import { STORE_PREFIX } from './event-log/eventstoredb-names.ts';
import { PATIENCE, type Patience } from './event-log/eventstoredb-patience.ts';
import { isLoopbackAddress } from './http/same-machine.ts';

/**
 * Everything a node can be told from outside, read once: flags of `npm start`, then the environment,
 * then the defaults. Nothing else in the api reads `process.env`.
 */
export interface NodeConfig {
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  /** Bound to this machine only, so that only loopback names can be meant by a request. */
  readonly loopback: boolean;
  /** The data folder, absolute. */
  readonly data: string;
  /** What an empty data folder becomes. */
  readonly sort: 'exercise' | 'real';
  /** A centre file; absent, the one that comes with the product. */
  readonly centreFile?: string;
  readonly exercise: { readonly seed?: string; readonly start?: string };
  /** The cluster that keeps the log; absent, the log is in the data folder. */
  readonly store?: {
    readonly address: StoreAddress;
    readonly prefix?: string;
    readonly patience?: Patience;
  };
  /** Most live sockets of one address that is not this machine's; absent, the usual cap. */
  readonly socketsAnAddress?: number;
  /** Second listener for /metrics and /health/detail; absent, there is none. */
  readonly metrics?: { readonly port: number; readonly host: string };
}

/** A setting that cannot be used: one line that says what to do. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

/** Where a node keeps its data when nobody says where. */
export const USUAL_FOLDER = { exercise: 'data/exercise', real: 'data/real' } as const;

const FLAGS = {
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  empty: { type: 'boolean' },
  centre: { type: 'string' },
  seed: { type: 'string' },
  start: { type: 'string' },
  'metrics-port': { type: 'string' },
  'metrics-host': { type: 'string' },
  help: { type: 'boolean' },
} as const;

export const USAGE = `npm start -- [flags]
  --port N           port of pages, API and live feed (PORT, 3000; 0 takes a free one)
  --host ADDRESS     address to listen on (HOST, 127.0.0.1)
  --data FOLDER      data folder (CEASEWATCH_DATA, data/exercise or data/real)
  --empty            a real centre without reports instead of the exercise
  --centre FILE      the centre file of --empty
  --seed TEXT        another exercise (CEASEWATCH_SEED)
  --start INSTANT    when the exercise began (CEASEWATCH_START)
  --metrics-port N   second listener for /metrics and /health/detail (METRICS_PORT, none)
  --metrics-host A   its address (METRICS_HOST, 127.0.0.1)
  SOCKETS_AN_ADDRESS  live feeds of one other machine (50): behind a proxy all come from one address
  --no-open          do not open the browser
  EVENTSTORE_URL     esdb://USER:PASSWORD@HOST:PORT[,HOST:PORT]?tlsCAFile=FILE keeps the log in
                     EventStoreDB instead of the data folder (on loopback also ?tls=false)
  EVENTSTORE_URL_FILE  a file that has this address
  EVENTSTORE_PREFIX  what its streams begin with (cw)
  EVENTSTORE_PATIENCE  seconds after which a report that the store may have, and has not
                     acknowledged, is answered with "nobody knows" (12: a leader's election)`;

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value <= 65_535);

const settings = z.object({
  port: port.default(3000),
  host: z.string().min(1).default('127.0.0.1'),
  data: z.string().min(1).optional(),
  empty: z.boolean().default(false),
  centre: z.string().min(1).optional(),
  seed: z.string().min(1).max(200).optional(),
  start: z.iso.datetime({ offset: true }).optional(),
  metricsPort: port.optional(),
  metricsHost: z.string().min(1).default('127.0.0.1'),
  storePrefix: z.string().regex(STORE_PREFIX).optional(),
  // A new leader of a cluster nearly always answers within 3 s and was seen to take 18; who waits at a
  // form should know after some 12 that nobody knows. Below one try there would be no second one.
  storePatience: z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number)
    .refine((seconds) => seconds >= 3 && seconds <= 60)
    .default(PATIENCE.allTriesMs / 1_000),
  socketsAnAddress: z
    .string()
    .regex(/^[1-9]\d{0,5}$/)
    .transform(Number)
    .optional(),
});

/** What a wrong setting is called, and what it must be. */
const MEANING: Readonly<Record<string, string>> = {
  port: 'PORT or --port must be a number from 0 to 65535',
  host: 'HOST or --host must be an address',
  data: 'CEASEWATCH_DATA or --data must be a folder',
  centre: '--centre must be a file',
  seed: 'CEASEWATCH_SEED or --seed must be a text of 1 to 200 characters',
  start: 'CEASEWATCH_START or --start must be an instant such as 2026-08-15T20:00:00Z',
  metricsPort: 'METRICS_PORT or --metrics-port must be a number from 0 to 65535',
  metricsHost: 'METRICS_HOST or --metrics-host must be an address',
  socketsAnAddress: 'SOCKETS_AN_ADDRESS must be a number from 1 to 999999',
  storePatience: 'EVENTSTORE_PATIENCE must be a number of seconds from 3 to 60',
  storePrefix: 'EVENTSTORE_PREFIX must be 1 to 16 small letters and digits, a letter first',
};

/**
 * Reads flags and environment.
 *
 * @throws ConfigError with one line that says what is wrong and what to do
 */
export function readConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): NodeConfig {
  const flags = readFlags(args);
  // npm moves to the project's root before it runs us; a path is meant from where it was typed.
  const typed = (path: string | undefined) => path && resolve(env['INIT_CWD'] ?? cwd, path);
  const parsed = settings.safeParse({
    port: flags.port ?? filled(env['PORT']),
    host: flags.host ?? filled(env['HOST']),
    data: typed(flags.data) ?? filled(env['CEASEWATCH_DATA']),
    empty: flags.empty,
    centre: typed(flags.centre),
    seed: flags.seed ?? filled(env['CEASEWATCH_SEED']),
    start: flags.start ?? filled(env['CEASEWATCH_START']),
    metricsPort: flags['metrics-port'] ?? filled(env['METRICS_PORT']),
    metricsHost: flags['metrics-host'] ?? filled(env['METRICS_HOST']),
    storePrefix: filled(env['EVENTSTORE_PREFIX']),
    storePatience: filled(env['EVENTSTORE_PATIENCE']),
    socketsAnAddress: filled(env['SOCKETS_AN_ADDRESS']),
  });
  if (!parsed.success) {
    const wrong = String(parsed.error.issues[0]?.path[0]);
    throw new ConfigError(`${MEANING[wrong] ?? wrong}.`);
  }
  const set = parsed.data;
  if (set.centre !== undefined && !set.empty) {
    throw new ConfigError('--centre goes with --empty: the exercise brings its own centre.');
  }
  if (set.empty && (set.seed !== undefined || set.start !== undefined)) {
    throw new ConfigError(
      '--seed and --start belong to the exercise; leave them out with --empty.',
    );
  }
  const accepted = env['CEASEWATCH_WITHOUT_ACCOUNTS'] === 'accept';
  for (const host of [set.host, set.metricsHost]) refuseOpenHost(host, accepted);
  const sort = set.empty ? 'real' : 'exercise';
  return {
    port: set.port,
    host: set.host,
    loopback: isLoopbackAddress(set.host),
    data: resolve(cwd, set.data ?? USUAL_FOLDER[sort]),
    sort,
    ...(set.centre === undefined ? {} : { centreFile: set.centre }),
    exercise: {
      ...(set.seed === undefined ? {} : { seed: set.seed }),
      ...(set.start === undefined ? {} : { start: new Date(set.start).toISOString() }),
    },
    ...storeOf(urlOfStore(env, cwd), set, cwd),
    ...(set.socketsAnAddress === undefined ? {} : { socketsAnAddress: set.socketsAnAddress }),
    ...(set.metricsPort === undefined
      ? {}
      : { metrics: { port: set.metricsPort, host: set.metricsHost } }),
  };
}

function readFlags(args: readonly string[]) {
  try {
    const { values } = parseArgs({ args: [...args], options: FLAGS, strict: true });
    if (values.help === true) throw new ConfigError(USAGE);
    return values;
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const said = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new ConfigError(`${said}. The flags are:\n${USAGE}`);
  }
}

/** Given, or in a file that it is given in: how a container gets what nobody else should read. */
export function urlOfStore(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): string | undefined {
  const file = filled(env['EVENTSTORE_URL_FILE']);
  const given = filled(env['EVENTSTORE_URL']);
  if (file === undefined) return given;
  if (given !== undefined) {
    throw new ConfigError('EVENTSTORE_URL and EVENTSTORE_URL_FILE say the same: leave one out.');
  }
  const whole = resolve(cwd, file);
  if (!existsSync(whole)) {
    throw new ConfigError(`EVENTSTORE_URL_FILE names a file that is not there: ${whole}`);
  }
  return filled(readFileSync(whole, 'utf8').trim());
}

/** The address has a password in it, so it is never a flag, which others on the machine could read. */
function storeOf(
  url: string | undefined,
  { storePrefix: prefix, storePatience }: z.infer<typeof settings>,
  cwd: string,
): Pick<NodeConfig, 'store'> {
  if (url === undefined) return {};
  const address = readStoreAddress(url, cwd);
  if (typeof address === 'string') throw new ConfigError(address);
  const patience = { ...PATIENCE, allTriesMs: storePatience * 1_000 };
  return { store: { address, patience, ...(prefix === undefined ? {} : { prefix }) } };
}

/** An empty variable is one that was not set: compose files write them so. */
function filled(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function refuseOpenHost(host: string, accepted: boolean): void {
  if (isLoopbackAddress(host) || accepted) return;
  throw new ConfigError(
    `There are no accounts yet: whoever reaches ${host} can report in any officer's name. Leave HOST out, or set CEASEWATCH_WITHOUT_ACCOUNTS=accept.`,
  );
}
