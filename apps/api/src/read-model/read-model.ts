import { Injectable } from '@nestjs/common';
import type { Projection } from './projection.ts';

export interface ReadModelSettings {
  readonly folder: string;
  readonly projections: readonly Projection[];
}

@Injectable()
export class ReadModel {
  constructor(readonly settings: ReadModelSettings) {}
}
