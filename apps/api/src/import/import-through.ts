import { Readable } from 'node:stream';
import { ConfigError } from '../config.ts';
import type { ImportLine } from '../contract/import.ts';
import type { Problem } from '../contract/problem.ts';
import { ImportDeclined } from './import-error.ts';
import type { ImportOptions } from './import.main.ts';

/**
 * Sends a table to a running node and reads its results line by line as they come.
 *
 * @throws ImportDeclined with the code of the node's own problem; ConfigError where no node answers
 */
export async function* importThrough(
  address: string,
  table: Readable,
  { layout, mapping, dryRun, intoExercise }: ImportOptions,
): AsyncGenerator<ImportLine> {
  const asked = new URLSearchParams({
    ...(layout === undefined ? {} : { layout }),
    ...(mapping === undefined ? {} : { mapping }),
    ...(dryRun ? { dryRun: 'true' } : {}),
    ...(intoExercise ? { intoExercise: 'true' } : {}),
  });
  const answer = await fetch(`${address}/api/imports?${asked.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: Readable.toWeb(table),
    duplex: 'half',
  });
  if (!answer.ok || answer.body === null) throw await problemOf(answer);
  let rest = '';
  for await (const text of answer.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as ImportLine;
  }
}

async function problemOf(answer: Response): Promise<Error> {
  if (answer.headers.get('content-type')?.startsWith('application/problem+json') !== true) {
    return new ConfigError(`${answer.url} answers ${answer.status} and is no node.`);
  }
  const { code, detail, errors = [] } = (await answer.json()) as Problem;
  const said = errors.map(({ message }) => message).join(' ');
  return new ImportDeclined(
    code,
    errors.map(({ reason }) => reason),
    said === '' ? detail : said,
  );
}
