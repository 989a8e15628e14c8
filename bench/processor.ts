import { createHash } from 'node:crypto';
import { cpuUsage } from 'node:process';

/** What the yardstick works on: a kilobyte of JSON, as most events are. */
const TEXT = JSON.stringify(
  Array.from({ length: 16 }, (_, n) => ({
    n,
    kind: 'burst',
    about: `${n * 7} in all, then silence`,
  })),
);
const MOST_SECONDS = 0.25;

/**
 * How often in a second of processor time this machine reads a kilobyte of JSON, writes it and hashes it:
 * the yardstick beside everything that costs processor time. Of waiting it knows nothing, so a busy
 * machine moves it less than it moves a clock.
 */
export function processorRate(): number {
  turns(0.05);
  return turns(MOST_SECONDS);
}

function turns(seconds: number): number {
  const began = cpuSeconds();
  let done = 0;
  for (;;) {
    for (const end = done + 100; done < end; done += 1) turn();
    const used = cpuSeconds() - began;
    if (used >= seconds) return done / used;
  }
}

function turn(): string {
  return createHash('sha256')
    .update(JSON.stringify(JSON.parse(TEXT)))
    .digest('base64');
}

function cpuSeconds(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1e6;
}
