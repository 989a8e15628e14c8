import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoreAddress } from '../event-log/eventstoredb-address.ts';

/** One end of a copy, as it was named: a data folder, or a store. */
export type LogSide = FolderSide | StoreSide;

export interface FolderSide {
  readonly kind: 'folder';
  /** Absolute. */
  readonly folder: string;
}

export interface StoreSide {
  readonly kind: 'store';
  readonly address: StoreAddress;
  readonly prefix?: string;
}

/** What people read of it: never the password. */
export function nameOf(side: LogSide): string {
  if (side.kind === 'folder') return side.folder;
  const servers = side.address.endpoints.map(({ address, port }) => `${address}:${port}`);
  return `esdb://${servers.join(',')}`;
}

/** A folder for what is followed from a store: readable by this user alone, and gone with the process. */
export function scratchFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-copy-'));
  const remove = (): void => {
    process.off('exit', remove);
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', remove);
  return { folder, remove };
}
