// Says what a lock file leaves out. npm drops optional platform packages from it silently when a
// registry lacks them, and `npm ci` then fails on every machine, so the lock is checked by name.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Every dependency that a lock file's entries name and the lock file does not hold.
 * @param {{ packages: Record<string, any> }} lock a parsed package-lock.json, version 3
 * @returns {string[]} one line per gap, empty when `npm ci` can succeed on every platform
 */
export function missingFromLock(lock) {
  const gaps = [];
  for (const [place, entry] of Object.entries(lock.packages)) {
    if (entry.link) continue;
    const optionalPeers = entry.peerDependenciesMeta ?? {};
    const peers = Object.keys(entry.peerDependencies ?? {}).filter(
      (name) => !optionalPeers[name]?.optional,
    );
    const wanted = new Set([
      ...Object.keys(entry.dependencies ?? {}),
      ...Object.keys(entry.optionalDependencies ?? {}),
      ...Object.keys(entry.devDependencies ?? {}),
      ...peers,
    ]);
    for (const name of wanted) {
      if (!resolves(lock.packages, place, name)) gaps.push(`${place || 'the root'} needs ${name}`);
    }
  }
  return gaps;
}

/**
 * Lock entries from the registry that carry no integrity hash, or name the place they came from.
 * @param {{ packages: Record<string, any> }} lock a parsed package-lock.json, version 3
 * @returns {string[]} one line per entry
 */
export function unsafeInLock(lock) {
  const lines = [];
  for (const [place, entry] of Object.entries(lock.packages)) {
    if (!place.includes('node_modules/') || entry.link) continue;
    if (!entry.integrity && !entry.inBundle) lines.push(`${place} has no integrity hash`);
    if (entry.resolved) lines.push(`${place} names a download address`);
    if (entry.deprecated) lines.push(`${place} is deprecated: ${entry.deprecated}`);
  }
  return lines;
}

// Node's own walk: a package sees its own node_modules, then those of every folder above it.
function resolves(packages, place, name) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    if (packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`])
      return true;
    if (folder === '') return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = new URL('../package-lock.json', import.meta.url);
  const lock = JSON.parse(readFileSync(path, 'utf8'));
  const findings = [...missingFromLock(lock), ...unsafeInLock(lock)];
  for (const line of findings) console.log(`package-lock.json: ${line}`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}
