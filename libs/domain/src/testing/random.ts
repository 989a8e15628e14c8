/**
 * The exercise's own chance: small, seeded by a text, the same on every machine. A day, a report or
 * an id each draws from a generator of its own, so that none depends on how many were drawn before.
 */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<const Item>(items: readonly [Item, ...Item[]]): Item;
  /** One of the keys, by weight. */
  weighted<Key extends string>(weights: Readonly<Partial<Record<Key, number>>>): Key;
  /** How many, when `mean` are expected. */
  poisson(mean: number): number;
}

export function randomOf(seed: string): Random {
  const draw = generator(seed);
  const random: Random = {
    next: () => draw() / 2 ** 32,
    whole: (least, most) => least + Math.floor(random.next() * (most - least + 1)),
    chance: (probability) => random.next() < probability,
    pick: (items) => items[random.whole(0, items.length - 1)] ?? items[0],
    weighted: (weights) => weightedKey(weights, random.next()),
    poisson: (mean) => poissonOf(mean, random),
  };
  return random;
}

/** A UUIDv7 whose time is `ms` and whose rest comes from the seed. */
export function seededId(ms: number, seed: string): string {
  const draw = generator(`id/${seed}`);
  const hex = (value: number, digits: number) =>
    value.toString(16).padStart(digits, '0').slice(-digits);
  const time = hex(ms, 12);
  const rest = hex(draw(), 8) + hex(draw(), 8);
  const version = hex(draw(), 3);
  const variant = (8 + (draw() & 3)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${version}-${variant}${rest.slice(0, 3)}-${rest.slice(3, 15)}`;
}

/** 32 bytes from a seed: the secret of an event of the exercise, which is no secret. */
export function seededBytes(seed: string): Uint8Array {
  const draw = generator(`secret/${seed}`);
  return Uint8Array.from({ length: 32 }, () => draw() & 0xff);
}

/** sfc32, seeded by FNV-1a over four differently salted texts. 32 bits a draw. */
function generator(seed: string): () => number {
  let [a, b, c, counter] = [hash(`a${seed}`), hash(`b${seed}`), hash(`c${seed}`), 1];
  const draw = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // The first draws still show the seed.
  for (let warm = 0; warm < 12; warm += 1) draw();
  return draw;
}

function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  }
  return state | 0;
}

function weightedKey<Key extends string>(
  weights: Readonly<Partial<Record<Key, number>>>,
  drawn: number,
): Key {
  const keys = Object.keys(weights).filter((key): key is Key => weights[key as Key] !== undefined);
  const total = keys.reduce((sum, key) => sum + (weights[key] ?? 0), 0);
  let left = drawn * total;
  for (const key of keys) {
    left -= weights[key] ?? 0;
    if (left < 0) return key;
  }
  const last = keys.at(-1);
  if (last === undefined) throw new RangeError('nothing to choose from');
  return last;
}

function poissonOf(mean: number, random: Random): number {
  const limit = Math.exp(-mean);
  let product = random.next();
  let count = 0;
  while (product > limit) {
    product *= random.next();
    count += 1;
  }
  return count;
}
