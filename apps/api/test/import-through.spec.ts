import { once } from 'node:events';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ImportLine } from '../src/contract/import.ts';
import { importThrough } from '../src/import/import-through.ts';
import { ATTACKS, TABLES } from '../src/import/testing/tables.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';

/** `npm run import` where a node runs already: the table goes through it. */
async function carried(
  address: string,
  csv: string,
  options: { readonly layout?: string } = {},
): Promise<readonly ImportLine[]> {
  const table = Readable.from([Buffer.from(csv)]);
  const asked = { dryRun: false, intoExercise: false, ...options };
  const lines: ImportLine[] = [];
  for await (const line of importThrough(address, table, asked)) lines.push(line);
  return lines;
}

describe('a table that goes through a running node', () => {
  let node: NodeUnderTest;
  beforeAll(async () => {
    node = await NodeUnderTest.started({ founding: true });
  });
  afterAll(() => node.end());

  it.each(TABLES)(
    'is told line by line, the summary last: $layout, and found there the second time',
    async ({ layout, rows, csv }) => {
      const first = await carried(node.url, csv);
      expect(first).toHaveLength(rows + 1);
      expect(first.at(-1)).toMatchObject({ summary: { layout, recorded: rows, refused: 0 } });
      const again = await carried(node.url, csv);
      expect(again.at(-1)).toMatchObject({ summary: { recorded: 0, alreadyThere: rows } });
    },
  );

  it.each([
    ['colour,size\nred,1\n', {}, 'invalid', 'unknown_layout'],
    ['', {}, 'invalid', 'no_header'],
    [ATTACKS.csv, { layout: 'x'.repeat(61) }, 'invalid', 'too_big'],
  ])(
    'is declined with the code and the reason of the node: %j %j',
    async (csv, options, code, reason) => {
      const declined = { name: 'ImportDeclined', code, reasons: [reason] };
      await expect(carried(node.url, csv, options)).rejects.toMatchObject(declined);
    },
  );
});

describe('a table that is sent to what is no node', () => {
  it('is declined in a sentence that names the address', async () => {
    const server = createServer((_, response) => response.writeHead(502).end('<html>')).listen(0);
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const url = `http://127.0.0.1:${address.port}`;
    try {
      await expect(carried(url, ATTACKS.csv)).rejects.toThrow(`${url}/api/imports`);
    } finally {
      server.close();
    }
  });
});
