import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from './config.ts';
import { hasCode } from './error-code.ts';

/**
 * Where the node that holds a data folder listens, written beside the log while it runs, so that a
 * command on the same folder finds it. A file that a killed node left behind is harmless: only whoever
 * finds the folder locked reads it.
 */
const FILE = 'node-address';

/** A full disk keeps no node from serving whoever reads; a command on the folder asks for the address then. */
export async function writeNodeAddress(folder: string, address: string): Promise<void> {
  try {
    await writeFile(join(folder, FILE), `${address}\n`);
  } catch (error) {
    if (!hasCode(error, 'ENOSPC', 'EDQUOT')) throw error;
    await removeNodeAddress(folder);
  }
}

export async function removeNodeAddress(folder: string): Promise<void> {
  await rm(join(folder, FILE), { force: true });
}

/** @throws ConfigError when the folder is in use by something that does not listen */
export async function addressOfRunningNode(folder: string): Promise<string> {
  try {
    return (await readFile(join(folder, FILE), 'utf8')).trim();
  } catch {
    throw new ConfigError(
      `Another process is using ${folder} and does not say where it listens. Name it with --url ADDRESS.`,
    );
  }
}
