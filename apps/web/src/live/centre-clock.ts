import type { DeviceTime } from './device-time.ts';

/**
 * How far this device's clock is from the node's. A heartbeat that was long on its way makes the node
 * look late, never early, so of the last few the one that looks earliest was the quickest. They are held
 * against the steady clock: one that was set anew moves the offset at the next heartbeat.
 */
const KEPT = 8;

export class CentreClock {
  private readonly ahead: number[] = [];

  /** @param time of the node, milliseconds; @returns the node's clock minus this device's */
  heard(time: number, now: DeviceTime): number {
    this.ahead.push(time - now.steady);
    if (this.ahead.length > KEPT) this.ahead.shift();
    return Math.max(...this.ahead) - (now.wall - now.steady);
  }

  /** The next heartbeat may be another node's. */
  forget(): void {
    this.ahead.length = 0;
  }
}
