import type { Readable } from 'node:stream';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.ts';
import { Access } from '../access/access.ts';
import { begin } from '../begin.ts';
import type { NodeConfig } from '../config.ts';
import type { ImportLine } from '../contract/import.ts';
import { openParts } from '../open-parts.ts';
import { Projector } from '../read-model/projector.ts';
import type { ImportOptions } from './import.main.ts';
import { Importer } from './importer.ts';

/**
 * Carries a table straight into the log of a data folder that no node is using: the same rooms as a
 * node, without a listener. An empty folder becomes the real centre first.
 *
 * @throws EventLogError data_folder_in_use
 */
export async function* importHere(
  config: NodeConfig,
  table: Readable,
  options: ImportOptions,
): AsyncGenerator<ImportLine> {
  const parts = await openParts(config, Date.now);
  try {
    const app = await NestFactory.createApplicationContext(AppModule.of(parts), {
      logger: ['error', 'fatal'],
      abortOnError: false,
    });
    try {
      await app.get(Projector).start();
      await begin(config, app);
      await app.get(Projector).whenProjected(parts.eventLog.head().seq);
      const access = app.get(Access);
      const [actor, viewer] = [await access.actor(undefined), await access.viewer(undefined)];
      yield* app.get(Importer).run(table, { actor, viewer, ...options });
    } finally {
      await app.close();
    }
  } finally {
    await parts.close();
  }
}
