import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { CLOCK, type Clock } from '../clock.ts';
import { noParameters } from '../http/query-parameters.ts';
import { VitalSigns } from './vital-signs.ts';

/** For whatever watches the process. The rest is told on the second listener only. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly signs: VitalSigns,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** The event loop turns; nothing else is asked. */
  @Get('live')
  live(@Query({ schema: noParameters }) _none: object): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('ready')
  ready(
    @Query({ schema: noParameters }) _none: object,
    @Res({ passthrough: true }) response: Response,
  ): object {
    this.signs.readyAskedAt = this.now();
    const { store, readModel, head, projected } = this.signs.detail();
    response.status(this.signs.ready ? 200 : 503);
    const status = this.signs.traffic.draining
      ? 'stopping'
      : this.signs.ready
        ? 'ready'
        : 'not_ready';
    const { state, since, damage, staleSince } = store;
    return {
      status,
      store: state,
      storeSince: since,
      ...(staleSince === null ? {} : { staleSince }),
      ...(damage?.seq === undefined ? {} : { damagedFrom: damage.seq }),
      readModel,
      head,
      projected,
    };
  }
}
