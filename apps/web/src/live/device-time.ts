/**
 * A moment by both clocks of this device, in milliseconds. The clock of the wall may be set by anybody,
 * the steady one may stand still while the device sleeps; neither alone can say how old a picture is.
 */
export interface DeviceTime {
  readonly wall: number;
  readonly steady: number;
}

export function deviceTime(): DeviceTime {
  return { wall: Date.now(), steady: performance.now() };
}

/** Milliseconds from one moment to a later one: what the clock says that says more. Never negative. */
export function elapsed(since: DeviceTime, now: DeviceTime): number {
  return Math.max(0, now.wall - since.wall, now.steady - since.steady);
}
