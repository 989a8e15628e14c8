import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { logRows } from '../copy-log/testing/log-rows.ts';
import { writeLog } from '../copy-log/testing/write-log.ts';
import { StandIn } from '../event-log/testing/stand-in.ts';

/** `npm run export-log` and `npm run import-log` as an operator meets them: processes, files, folders. */
const STREAMS = 900;

describe('a log from its export', () => {
  /** The log `a` and its export `a.ndjson`, made once; every test has a copy to spoil. */
  let original: string;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ceasewatch-export-'));
    await writeLog(inFolder('a'), STREAMS);
    expect(await exported('a', 'a.ndjson')).toMatchObject({ code: 0, complaint: '' });
    original = folder;
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ceasewatch-export-'));
    cpSync(original, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  afterAll(() => rmSync(original, { recursive: true, force: true }));

  const inFolder = (name: string): string => join(folder, name);
  const run = async (script: string, flags: readonly string[]) => {
    const path = join(import.meta.dirname, `${script}.main.ts`);
    const env = { ...process.env, TMPDIR: folder };
    const child = spawn(execPath, ['--conditions=ceasewatch-source', path, ...flags], { env });
    let [said, complaint] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    const [code] = await once(child, 'close');
    return { code, said, complaint };
  };
  const exported = (name: string, file: string) =>
    run('export-log', ['--data', inFolder(name), '--to', inFolder(file)]);
  const imported = (file: string, to: string) => run('import-log', [inFolder(file), '--to', to]);
  const rowsOf = (name: string) => logRows(inFolder(name));
  /** The lines about events and the end; what the export says of itself may say another instant. */
  const content = (file: string) =>
    readFileSync(inFolder(file), 'utf8')
      .split('\n')
      .filter((line) => !/^\{"export":"(?:head|end)"/.test(line));

  it('has the same events, numbers, chain and vault, and is exported alike', async () => {
    const { code, said, complaint } = await imported('a.ndjson', inFolder('b'));
    expect({ code, complaint }).toEqual({ code: 0, complaint: '' });
    const rows = rowsOf('a');
    expect(rows.length).toBeGreaterThan(1_000);
    expect(rows.some(({ disclosures }) => String(disclosures).includes('"erased":"'))).toBe(true);
    expect(rowsOf('b')).toEqual(rows);
    const chain = Buffer.from(String(rows.at(-1)?.['chain']), 'hex').toString('base64');
    expect(said).toContain(`chain ${chain}`);
    await exported('b', 'b.ndjson');
    expect(content('b.ndjson')).toEqual(content('a.ndjson'));
  });

  it('may be put into a store', async () => {
    const store = await StandIn.started();
    try {
      expect(await imported('a.ndjson', store.url)).toMatchObject({ code: 0, complaint: '' });
      const again = await imported('a.ndjson', store.url);
      expect(again).toMatchObject({ code: 1, complaint: expect.stringContaining('not empty') });
    } finally {
      await store.kill();
    }
  });

  it('is refused where anything is already', async () => {
    await writeLog(inFolder('b'), 3);
    const before = rowsOf('b');
    const { code, complaint } = await imported('a.ndjson', inFolder('b'));
    expect({ code, complaint }).toMatchObject({
      code: 1,
      complaint: expect.stringContaining('nothing was written'),
    });
    expect(rowsOf('b')).toEqual(before);
  });

  const line = (lines: string[], begins: string, from = 0) =>
    lines.findIndex((each, at) => at >= from && each.startsWith(begins));
  const alterations: readonly [what: string, alter: (lines: string[]) => string[]][] = [
    ['a word of a leaf', (lines) => lines.with(600, `${lines[600]?.replace('00', '01')}`)],
    ['an event', (lines) => lines.toSpliced(line(lines, '{"authn":', 700), 1)],
    [
      'the order of two events',
      (lines) => {
        const at = line(lines, '{"authn":', 700);
        const other = line(lines, '{"authn":', at + 1);
        return lines.with(at, lines[other] ?? '').with(other, lines[at] ?? '');
      },
    ],
    [
      'a disclosure',
      (lines) => {
        const at = line(lines, '{"export":"disclosed"');
        return lines.with(at, `${lines[at]?.replace('"WyJ', '"WyI')}`);
      },
    ],
    ['what was disclosed', (lines) => lines.toSpliced(line(lines, '{"export":"disclosed"'), 1)],
    [
      'a page of its description',
      (lines) => {
        const at = line(lines, '{"export":"document"');
        return lines.with(at, `${lines[at]?.replace('chain', 'chian')}`);
      },
    ],
    ['its last line', (lines) => [...lines.slice(0, -2), '']],
    ['its last thousand lines', (lines) => lines.slice(0, -1_000)],
    ['lines after the last', (lines) => [...lines.slice(0, -1), '{"export":"mark"}', '']],
  ];
  it.each(alterations)(
    'is refused where the file lost or changed %s, before anything is written',
    async (_what, alter) => {
      const lines = readFileSync(inFolder('a.ndjson'), 'utf8').split('\n');
      writeFileSync(inFolder('c.ndjson'), alter(lines).join('\n'));
      const { code, complaint } = await imported('c.ndjson', inFolder('b'));
      expect({ code, complaint }).toMatchObject({
        code: 4,
        complaint: expect.stringMatching(/event|export/),
      });
      expect(existsSync(inFolder('b'))).toBe(false);
    },
  );

  it('replaces no file that is there: it may be the log itself, or what somebody kept', async () => {
    writeFileSync(inFolder('kept.ndjson'), 'kept');
    expect(await exported('a', 'kept.ndjson')).toMatchObject({
      code: 1,
      complaint: expect.stringContaining('nothing is written over'),
    });
    expect(readFileSync(inFolder('kept.ndjson'), 'utf8')).toBe('kept');
    const rows = rowsOf('a');
    expect(await exported('a', 'a/log.sqlite')).toMatchObject({ code: 1 });
    expect(rowsOf('a')).toEqual(rows);
  });

  it('is refused where the file is no export, or is not there', async () => {
    writeFileSync(inFolder('c.ndjson'), '{"export":"head","format":"another"}\n');
    expect(await imported('c.ndjson', inFolder('b'))).toMatchObject({ code: 1 });
    writeFileSync(inFolder('c.ndjson'), '');
    expect(await imported('c.ndjson', inFolder('b'))).toMatchObject({ code: 1 });
    expect(await imported('d.ndjson', inFolder('b'))).toMatchObject({ code: 2 });
    expect(await run('export-log', ['--data', inFolder('b'), '--to', inFolder('x')])).toMatchObject(
      {
        code: 2,
      },
    );
  });
});
