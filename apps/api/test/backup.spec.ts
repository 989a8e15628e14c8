import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Receipt } from '@ceasewatch/api/contract/observation';
import { exerciseCentre } from '@ceasewatch/domain/testing/exercise-centre';
import { NodeProcess } from './testing/node-process.ts';
import { commandId, content, tenMinutesAgo } from './testing/reports.ts';

/**
 * A backup that is taken while eight submitters send, put back into an empty folder: every row that was
 * acknowledged up to its head is there, byte by byte, and a node goes on from it.
 */
const SUBMITTERS = 8;

interface Ran {
  readonly code: number | null;
  readonly said: string;
}

function run(program: string, args: readonly string[]): Promise<Ran> {
  const main = fileURLToPath(new URL(`../dist/backup/${program}.main.js`, import.meta.url));
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], { env: { PATH: process.env['PATH'] } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    }
    child.once('close', (code) => resolve({ code, said }));
  });
}

function rowsOf(file: string, upTo: number): readonly unknown[] {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return db
      .prepare(
        `SELECT e.seq, s.name, e.revision, hex(e.event_id) AS id, e.leaf, hex(e.leaf_hash) AS hash,
           hex(e.chain) AS chain, hex(v.secret) AS secret, v.disclosures
         FROM events e JOIN streams s ON s.id = e.stream_id LEFT JOIN vault v ON v.seq = e.seq
         WHERE e.seq <= ? ORDER BY e.seq`,
      )
      .all(upTo);
  } finally {
    db.close();
  }
}

describe('a backup', () => {
  let base: string;
  const at = (name: string) => join(base, name);
  const receipts = new Map<number, string>();
  let manifest: { readonly seq: number; readonly chain: string; readonly sha256: string };

  const started = async (folder: string) => {
    const node = new NodeProcess([
      '--empty',
      '--centre',
      at('centre.json'),
      '--data',
      folder,
      '--port',
      '0',
    ]);
    return { node, address: await node.ready() };
  };
  const submit = async (address: string) => {
    const body = { id: commandId(), ...content({ when: tenMinutesAgo() }), narrative: commandId() };
    const answer = await fetch(`${address}/api/observations`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const receipt = (await answer.json()) as Receipt;
    expect(answer.status).toBe(201);
    receipts.set(receipt.seq ?? -1, body.id);
  };

  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'ceasewatch-backup-'));
    writeFileSync(at('centre.json'), JSON.stringify(exerciseCentre(Date.now() - 86_400_000)));
    const { node, address } = await started(at('data'));
    let isOver = false;
    const submitters = Array.from({ length: SUBMITTERS }, async () => {
      while (!isOver) await submit(address);
    });
    while (receipts.size < 100) await new Promise((resume) => setTimeout(resume, 20));
    const ran = await run('backup', [at('backup'), '--data', at('data')]);
    const during = receipts.size;
    // Everybody goes on beside it and after it.
    while (receipts.size === during) await new Promise((resume) => setTimeout(resume, 20));
    isOver = true;
    await Promise.all(submitters);
    await node.kill('SIGTERM');
    expect(ran).toEqual({
      code: 0,
      said: expect.stringMatching(/: backup of \d+ events of the log /),
    });
    manifest = JSON.parse(readFileSync(at('backup.manifest.json'), 'utf8'));
  }, 120_000);
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  it('may be read by its owner alone, and says what it is', () => {
    for (const name of ['backup', 'backup.manifest.json']) {
      expect((statSync(at(name)).mode & 0o777).toString(8)).toBe('600');
    }
    expect(manifest).toMatchObject({ format: 'ceasewatch-backup', version: 1, exercise: false });
  });

  it('has everything that was acknowledged up to its head, and a node goes on from there', async () => {
    expect(await run('restore', [at('backup'), '--data', at('restored')])).toMatchObject({
      code: 0,
    });
    const { node, address } = await started(at('restored'));
    const acknowledged = [...receipts].filter(([seq]) => seq <= manifest.seq);
    expect(acknowledged.length).toBeGreaterThanOrEqual(100);
    for (const [seq, id] of acknowledged.slice(-50)) {
      const answer = await fetch(`${address}/api/events/${seq}`);
      expect(await answer.json()).toMatchObject({ seq, envelope: { id } });
    }
    await submit(address);
    await node.kill('SIGTERM');
    const restored = rowsOf(join(at('restored'), 'log.sqlite'), manifest.seq);
    expect(restored).toHaveLength(manifest.seq + 1);
    expect(restored).toEqual(rowsOf(join(at('data'), 'log.sqlite'), manifest.seq));
  });

  it('is never written over another file', async () => {
    const before = readFileSync(at('backup'));
    expect(await run('backup', [at('backup'), '--data', at('data')])).toMatchObject({ code: 1 });
    writeFileSync(at('mine'), 'mine');
    expect(await run('backup', [at('mine'), '--data', at('data')])).toMatchObject({ code: 1 });
    expect(readFileSync(at('mine'), 'utf8')).toBe('mine');
    expect(readFileSync(at('backup')).equals(before)).toBe(true);
  });

  it('is not put into a folder that has anything in it', async () => {
    mkdirSync(at('full'));
    writeFileSync(join(at('full'), 'mine'), 'mine');
    expect(await run('restore', [at('backup'), '--data', at('full')])).toMatchObject({ code: 1 });
    expect(readdirSync(at('full'))).toEqual(['mine']);
  });

  const spoiltCopy = (name: string, spoil: (file: string) => void) => {
    copyFileSync(at('backup'), at(name));
    copyFileSync(at('backup.manifest.json'), at(`${name}.manifest.json`));
    spoil(at(name));
    return run('restore', [at(name), '--data', at(`${name}-folder`)]);
  };

  it.each<[string, (file: string) => void]>([
    ['was cut off', (file) => truncateSync(file, statSync(file).size - 4_096)],
    ['has another bit', flipped],
    ['has another event, and a manifest that was made to fit', rewritten],
  ])('is refused when it %s, and leaves nothing behind', async (how, spoil) => {
    const name = how.replaceAll(/\W/g, '-');
    expect(await spoiltCopy(name, spoil)).toMatchObject({ code: 4 });
    expect(existsSync(at(`${name}-folder`))).toBe(false);
  });

  it('is refused without its manifest', async () => {
    copyFileSync(at('backup'), at('bare'));
    expect(await run('restore', [at('bare'), '--data', at('bare-folder')])).toMatchObject({
      code: 1,
    });
  });

  it('is not taken of a damaged log, nor of the copy of a node whose log is in a store', async () => {
    mkdirSync(at('damaged'));
    copyFileSync(at('backup'), join(at('damaged'), 'log.sqlite'));
    rewritten(join(at('damaged'), 'log.sqlite'));
    const ran = await run('backup', [at('of-damaged'), '--data', at('damaged')]);
    expect(ran).toEqual({
      code: 4,
      said: expect.stringContaining('event 3 of the log is damaged'),
    });
    expect(existsSync(at('of-damaged'))).toBe(false);
    mkdirSync(at('cluster'));
    copyFileSync(at('backup'), join(at('cluster'), 'log-copy.sqlite'));
    expect(await run('backup', [at('of-copy'), '--data', at('cluster')])).toEqual({
      code: 1,
      said: expect.stringContaining('npm run copy-log -- --from store'),
    });
  });
});

function flipped(file: string): void {
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

/** Somebody changes an event and makes the manifest fit the file. */
function rewritten(file: string): void {
  const db = new DatabaseSync(file);
  db.exec(`DROP TRIGGER events_are_never_altered;
    UPDATE events SET leaf = replace(leaf, '"time":"2', '"time":"3') WHERE seq = 3`);
  db.close();
  const manifest = `${file}.manifest.json`;
  if (!existsSync(manifest)) return;
  const bytes = readFileSync(file);
  const digest = createHash('sha256').update(bytes).digest('hex');
  const was = JSON.parse(readFileSync(manifest, 'utf8'));
  writeFileSync(manifest, JSON.stringify({ ...was, bytes: bytes.length, sha256: digest }));
}
