import { ceasefireProjection } from './ceasefire/ceasefire.projection.ts';
import { centreProjection } from './centre/centre.projection.ts';
import { observationProjection } from './observation/observation.projection.ts';
import type { Projection } from './read-model/projection.ts';

/** Every projection of this node, in the order in which they meet an event. */
export const PROJECTIONS: readonly Projection[] = [
  centreProjection,
  ceasefireProjection,
  observationProjection,
];
