import type { Contender, Readings, Row } from '../harness.ts';
import { attackTable } from '../import-table.ts';
import { productNode } from '../node-process.ts';

/** What the node holds when the last row is answered, beside what it held when half of them were. */
const GROWN = 'memory held at the end of that at half, times';

/**
 * A table of strangers' rows over HTTP, each row its own observation: judged, synced to disk, projected
 * and answered with a line of its own. The rows are drawn before the clock starts.
 */
const node: Contender = {
  name: '100,000 rows',
  async start(units, warmUp) {
    const server = await productNode();
    const held = () => server.residentBytes() ?? Number.NaN;
    const tables = [attackTable(warmUp, 1), attackTable(units - warmUp, 2)];
    let readings: Readings = {};
    return {
      async run(count) {
        const body = tables.shift() ?? '';
        const headers = { 'content-type': 'text/csv' };
        const url = `${server.address}/api/imports`;
        const answer = await fetch(url, { method: 'POST', headers, body });
        let atHalf = Number.NaN;
        const last = await lastLine(answer, count / 2, () => (atHalf = held()));
        const { summary }: { summary?: { recorded: number } } = JSON.parse(last);
        if (summary?.recorded !== count) throw new Error(`not all recorded: ${last}`);
        readings = { [GROWN]: held() / atHalf };
      },
      readings: async () => readings,
      cpuMicros: () => server.cpuMicros(),
      memoryBytes: () => server.memoryBytes(),
      stop: () => server.stop(),
    };
  },
};

/** The last line of an answer. @param reached called once so many lines have come */
async function lastLine(answer: Response, lines: number, reached: () => void): Promise<string> {
  let [told, last, begun] = [0, '', ''];
  for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const [before, whole] = [told, `${begun}${chunk}`.split('\n')];
    begun = whole.pop() ?? '';
    last = whole.at(-1) ?? last;
    told += whole.length;
    if (before < lines && told >= lines) reached();
  }
  return begun === '' ? last : begun;
}

export const row: Row = {
  name: 'import',
  title: 'import of a table over HTTP, every row a new observation',
  unit: 'row',
  rounds: 2,
  units: 100_000,
  aims: { perSecond: 5_000, most: { [GROWN]: 1.2 } },
  contenders: [
    node,
    // What is held does not grow with the table.
    {
      ...node,
      name: '300,000 rows',
      units: 300_000,
      aims: { slower: { times: 1.2, than: node.name } },
    },
  ],
};
