import { readFile } from 'node:fs/promises';
import type { CommandBus } from '@nestjs/cqrs';
import { type CentreFile, readCentreFile } from '@ceasewatch/domain/centre/centre-file';
import type { Actor } from '@ceasewatch/domain/recorded-event';
import { Refusal } from '@ceasewatch/domain/refusal';
import { DeclareCeasefire } from './ceasefire/ceasefire.commands.ts';
import { FoundCentre } from './centre/centre.commands.ts';
import { ConfigError } from './config.ts';
import { refusalInEnglish } from './in-english.ts';

/** The first act of a real log: its centre and its ceasefire, from a file that people wrote. */
const NODE: Actor = { role: 'system', authn: 'system' };

/** Founds the centre; a log that has one already is left alone by the same commands. */
export async function foundCentre(commands: CommandBus, file: CentreFile): Promise<void> {
  // The centre comes last: a node that was killed between the two finds none and begins again.
  if (file.ceasefire !== undefined)
    await commands.execute(new DeclareCeasefire(NODE, file.ceasefire));
  await commands.execute(new FoundCentre(NODE, file));
}

/** @throws ConfigError saying which fields of the file are wrong */
export async function readCentre(path: string): Promise<CentreFile> {
  try {
    return readCentreFile(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (error instanceof Refusal) {
      const wrong = error.refused.map((each) => `  ${refusalInEnglish(each)}`);
      throw new ConfigError(`The centre file ${path} is not valid:\n${wrong.join('\n')}`);
    }
    const said = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`The centre file ${path} cannot be read: ${said}.`);
  }
}
