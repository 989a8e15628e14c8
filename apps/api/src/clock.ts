/** The node's clock, milliseconds since 1970. A test or a generator gives another one. */
export type Clock = () => number;

export const CLOCK = Symbol('clock');
