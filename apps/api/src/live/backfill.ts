import type { LiveFrame } from '../contract/live.ts';
import type { Follower } from '../read-model/in-an-instant.ts';
import type { Projector } from '../read-model/projector.ts';
import { framesOf, sizeOf } from './feed.ts';
import type { LiveLimits } from './limits.ts';

/** What the live feed needs of the projector. */
export type LiveSource = Follower &
  Pick<Projector, 'log' | 'head' | 'condition' | 'changes' | 'onAdvance' | 'onSwap'>;

/**
 * What a client has missed when it joins. After a restart a thousand clients come at once, and most of
 * them stand at the same event: they share what was read for the first.
 */
export class Backfill {
  private read:
    | { readonly after: number; readonly head: number; readonly frames: readonly LiveFrame[] }
    | undefined;

  constructor(
    private readonly source: LiveSource,
    private readonly limits: Pick<LiveLimits, 'backfillEvents' | 'backfillBytes'>,
  ) {}

  /**
   * Frames from `after` to `head`, or undefined when that is more than is pushed at once.
   *
   * @throws ReadModelError while there are no rows to read
   */
  framesFrom(after: number, head: number): readonly LiveFrame[] | undefined {
    if (after >= head) return [];
    const { backfillEvents, backfillBytes } = this.limits;
    if (head - after > backfillEvents) return undefined;
    if (this.read?.after === after && this.read.head === head) return this.read.frames;
    const { changes } = this.source.changes(after, head - after);
    const bytes = changes.reduce((sum, change) => sum + sizeOf(change), 0);
    if (bytes > backfillBytes) return undefined;
    const frames = framesOf(this.source.log, after, changes).map(({ frame }) => frame);
    this.read = { after, head, frames };
    return frames;
  }
}
