// npm moves to the project's root before it runs us; a file is meant from where the command was typed.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * An argument that names a file, as a whole path; any other argument as it stands.
 * @param {string} arg
 * @param {string | undefined} typedIn the folder in which npm was called, as npm tells it
 * @param {string} root the project's
 * @returns {string}
 */
export function whereTyped(arg, typedIn, root) {
  if (arg.startsWith('-')) return arg;
  return [resolve(typedIn ?? root, arg), resolve(root, arg)].find(existsSync) ?? arg;
}
