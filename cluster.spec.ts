// The cluster of docker-compose.yml: what it must not let go of can be read where no Docker is, and its
// scripts run anywhere.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { LIMITS } from './apps/api/src/live/limits.ts';
import { NODE_FLAGS } from './scripts/launcher/node-flags.mjs';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const compose = parse(read('docker-compose.yml'), { merge: true });
const dockerfile = read('Dockerfile');
const ROUND = ['a', 'b', 'c'];

interface Service {
  readonly [name: string]: unknown;
  readonly profiles?: readonly string[];
}
const services: Readonly<Record<string, Service>> = compose.services;
const cluster = Object.entries(services).filter(([, each]) => each.profiles?.includes('cluster'));
const lasting = cluster.filter(([, { restart }]) => restart !== 'no');

describe('the composed cluster', () => {
  test('has three servers, three nodes, one proxy and two jobs', () => {
    const names = cluster.map(([name]) => name).sort();
    const three = ROUND.flatMap((each) => [`node-${each}`, `store-${each}`]);
    expect(names).toEqual(['certificates', 'proxy', 'set-up-store', ...three].sort());
  });
  test('is an exercise, or a real centre when it is told so', () => {
    for (const each of ROUND) {
      const command = String(services[`node-${each}`]?.['command']);
      const told = (sort: string) =>
        command.replace(/\$\{CLUSTER_REAL:\+(.*)\}/, sort === '' ? '' : '$1').trim();
      const exercise = ['node', ...NODE_FLAGS, 'apps/api/dist/main.js'];
      expect([told(''), told('real')].map((line) => line.split(' '))).toEqual([
        exercise,
        [...exercise, '--empty'],
      ]);
    }
  });
  test('publishes the proxy alone, on the loopback of its host', () => {
    const published = cluster.flatMap(([name, { ports = [] }]) =>
      (Array.isArray(ports) ? ports : []).map((port) => `${name} ${port}`),
    );
    expect(published).toEqual(['proxy 127.0.0.1:443:8443']);
    expect(compose.networks.store).toEqual({ internal: true });
    for (const each of ROUND) expect(services[`store-${each}`]?.['networks']).toEqual(['store']);
  });
  test.each(cluster)('%s has no privileges, writes nowhere else, and has limits', (_, service) => {
    expect(service).toMatchObject({
      user: expect.stringMatching(/^(node|1000:1000)$/),
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      mem_limit: expect.stringMatching(/^\d+[mg]$/),
      cpus: expect.any(Number),
      pids_limit: expect.any(Number),
      logging: { driver: 'local' },
    });
    for (const right of ['privileged', 'cap_add', 'pid', 'devices']) {
      expect(service).not.toHaveProperty(right);
    }
  });
  test.each(lasting)('%s is looked after, started again, and given time to end', (_, service) => {
    expect(service).toMatchObject({
      restart: 'always',
      stop_grace_period: expect.stringMatching(/^\d\d+s$/),
      healthcheck: { test: expect.arrayContaining(['CMD']) },
    });
  });
  test('pins every image that it does not build', () => {
    const foreign = cluster
      .map(([, { image }]) => String(image))
      .filter((i) => !i.endsWith(':local'));
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map((match) => match[1] ?? '');
    for (const image of [...foreign, ...bases]) expect(image).toMatch(/:\d+\.\d+\.\d+(-|$)/);
  });
  test('builds every image once: two that build the same at once fail', () => {
    const built = cluster.filter(([, { build }]) => build !== undefined);
    const images = built.map(([, { image }]) => image);
    expect(new Set(images).size).toBe(images.length);
    const local = cluster.map(([, { image }]) => String(image)).filter((i) => i.endsWith(':local'));
    expect(new Set(images)).toEqual(new Set(local));
  });
  test('names only volumes, secrets and networks that it has', () => {
    for (const [, { volumes = [], secrets = [] }] of cluster) {
      for (const each of Array.isArray(volumes) ? volumes : []) {
        expect(Object.keys(compose.volumes)).toContain(String(each).split(':')[0]);
      }
      for (const each of Array.isArray(secrets) ? secrets : []) {
        expect(Object.keys(compose.secrets)).toContain(each);
      }
    }
  });
  test('gives every server and node a volume of its own', () => {
    const own = ROUND.flatMap((each) => [`store-${each}`, `node-${each}`]);
    for (const name of own) {
      const [first] = [services[name]?.['volumes']].flat();
      expect(String(first)).toMatch(new RegExp(`^${name}:/`));
    }
  });
});

describe('the composed store', () => {
  const stores = ROUND.map((each) => JSON.stringify(services[`store-${each}`]));
  test('never has a password of its maker, nor one that can be read here', () => {
    const text = read('docker-compose.yml') + read('deploy/Caddyfile');
    expect(text).not.toMatch(/changeit|password\s*[:=]\s*['"]?\w/i);
    for (const store of stores) {
      expect(store).toContain(
        'EVENTSTORE_DEFAULT_ADMIN_PASSWORD=\\"$$(cat /run/secrets/store-admin)',
      );
      expect(store).toContain('EVENTSTORE_DEFAULT_OPS_PASSWORD=\\"$$(cat /run/secrets/store-ops)');
    }
  });
  test('speaks TLS, verifies at start and flushes', () => {
    for (const store of stores) {
      expect(store).toContain('EVENTSTORE_CERTIFICATE_FILE');
      expect(store).not.toMatch(/INSECURE|SKIP_DB_VERIFY|UNSAFE|MEM_DB/);
    }
  });
  test('has more threads than processors, so that it does not wait for itself', () => {
    for (const store of stores) {
      const [, threads = ''] =
        /"DOTNET_ThreadPool_ForceMinWorkerThreads":"(\w+)"/.exec(store) ?? [];
      expect(Number.parseInt(threads, 16)).toBeGreaterThanOrEqual(32);
    }
  });
  test('seeds every server with the others', () => {
    ROUND.forEach((each, at) => {
      const others = ROUND.filter((other) => other !== each).map((other) => `store-${other}:2113`);
      expect(stores[at]).toContain(`"EVENTSTORE_GOSSIP_SEED":"${others.join(',')}"`);
    });
  });
});

describe('the proxy', () => {
  const caddyfile = read('deploy/Caddyfile');
  test('asks the nodes whether they are ready, and binds nobody to one', () => {
    expect(caddyfile).toContain('health_uri /health/ready');
    expect(caddyfile).not.toMatch(/lb_policy\s+(cookie|ip_hash|client_ip_hash|header|uri_hash)/);
  });
  test('may bring a node as many dashboards as it takes in all', () => {
    for (const each of ROUND) {
      const { environment } = services[`node-${each}`] ?? {};
      expect(environment).toMatchObject({ SOCKETS_AN_ADDRESS: String(LIMITS.sockets) });
    }
  });
  test('knows every node', () => {
    for (const each of ROUND) expect(caddyfile).toContain(`node-${each}:3000`);
  });
});

describe('the secrets and certificates', () => {
  let folder = '';
  const sh = (env: NodeJS.ProcessEnv, ...args: string[]) =>
    execFileSync('sh', args, {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env: { ...process.env, ...env },
      stdio: 'pipe',
    });
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ceasewatch-cluster-'));
    sh({}, 'deploy/secrets.sh', join(folder, 'secrets'));
    sh({}, 'deploy/certificates.sh', join(folder, 'certificates'), 'store-a', 'store-b');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string) => readFileSync(join(folder, name), 'utf8');

  test('are as compose names them, long, different, and yours alone', () => {
    const passwords = ['store-admin', 'store-ops', 'store-ceasewatch'].map((name) =>
      file(`secrets/${name}`),
    );
    expect(new Set(passwords).size).toBe(3);
    for (const each of passwords) expect(each).toMatch(/^[0-9a-f]{48}$/);
    expect(file('secrets/eventstore-url')).toContain(`ceasewatch:${passwords[2]}@store-a:2113`);
    expect(statSync(join(folder, 'secrets')).mode & 0o077).toBe(0);
    for (const { file: path } of Object.values<{ file: string }>(compose.secrets)) {
      expect(file(path.replace('deploy/', ''))).not.toBe('');
    }
  });
  test('stay when they are made again', () => {
    const before = [file('secrets/store-admin'), file('certificates/store-a/node.crt')];
    sh({}, 'deploy/secrets.sh', join(folder, 'secrets'));
    sh({}, 'deploy/certificates.sh', join(folder, 'certificates'), 'store-a', 'store-b');
    expect([file('secrets/store-admin'), file('certificates/store-a/node.crt')]).toEqual(before);
  });
  test('are made where nothing but the volumes can be changed', () => {
    const own = join(folder, 'read-only');
    const tools = join(folder, 'tools');
    mkdirSync(tools);
    // As root, whom no mode of a folder stops, and without a file system of its own.
    const refused = `case " $* " in *" ${own} "*) echo 'Read-only file system' >&2; exit 1;; esac`;
    const chmod = `#!/bin/sh\n${refused}\nexec /bin/chmod "$@"\n`;
    writeFileSync(join(tools, 'chmod'), chmod, { mode: 0o700 });
    const PATH = `${tools}:${process.env['PATH']}`;
    sh({ PATH }, 'deploy/certificates.sh', own, 'store-a');
    expect(statSync(join(own, 'ca/ca.crt')).mode & 0o777).toBe(0o444);
    expect(statSync(join(own, 'ca')).mode & 0o005).toBe(0o005);
  });
  test('of a server are signed by the authority, for its name', () => {
    const certificate = join(folder, 'certificates/store-b/node.crt');
    const ca = join(folder, 'certificates/ca/ca.crt');
    const said = execFileSync('openssl', [
      'verify',
      '-CAfile',
      ca,
      '-verify_hostname',
      'store-b',
      certificate,
    ]);
    expect(said.toString()).toContain('OK');
    expect(statSync(join(folder, 'certificates/store-b/node.key')).mode & 0o077).toBe(0);
  });
});
