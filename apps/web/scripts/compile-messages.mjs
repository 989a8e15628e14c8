import compile from 'icu-minify/compile';

/**
 * A loader of the build: a catalogue whose messages are parsed already. Browsers then need no parser, a
 * twentieth of all scripts, and are not kept waiting while it reads. Tests read the catalogue as it is.
 *
 * @param {string} catalogue JSON, messages by nested names
 */
export default function compileMessages(catalogue) {
  return JSON.stringify(compiled(JSON.parse(catalogue)));
}

function compiled(part) {
  if (typeof part === 'string') return compile(part);
  return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, compiled(each)]));
}
