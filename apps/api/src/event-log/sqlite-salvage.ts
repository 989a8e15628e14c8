import type { DatabaseSync } from 'node:sqlite';
import type { LogDamage, LogHead } from './event-log.ts';
import { EventLogError } from './event-log-error.ts';
import { openDamaged } from './sqlite-connection.ts';
import { failureOf, messageOf } from './sqlite-failure.ts';
import { SqliteLogReader } from './sqlite-log-reader.ts';

/** What is left of a damaged log: everything before its damage, found by reading all of it. */
interface Salvaged {
  readonly reader: SqliteLogReader;
  readonly head: LogHead;
  readonly damage: LogDamage | undefined;
}

/** @throws EventLogError log_corrupt when not even its tables or its first event can be read */
export function salvaged(file: string): Salvaged {
  let db: DatabaseSync | undefined;
  try {
    db = openDamaged(file);
    const reader = new SqliteLogReader(db);
    return { reader, ...reader.soundHead() };
  } catch (error) {
    db?.close();
    if (failureOf(error) === undefined) throw error;
    throw new EventLogError('log_corrupt', messageOf(error), { seq: 0 }, { cause: error });
  }
}
