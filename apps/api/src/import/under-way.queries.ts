import { Injectable } from '@nestjs/common';

/** What of tables is on its way into the log now, for health and metrics. */
@Injectable()
export class ImportsUnderWay {
  /** Tables being carried in. */
  tables = 0;
  /** Their rows between reading and recording. */
  rows = 0;
}
