import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { VerificationDesk } from './verification-desk.ts';

/**
 * A node verifies itself without being asked, the log from its first event and the rows beside a rebuild:
 * a bit that flips on the disk is found within a day, before anybody has reason to look for it.
 */
const DAY_MS = 24 * 3_600_000;
/** By then everybody has come back whom the start cut off. */
const FIRST_AFTER_MS = 10 * 60_000;

@Injectable()
export class OwnVerification implements OnApplicationBootstrap, OnModuleDestroy {
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly desk: VerificationDesk) {}

  onApplicationBootstrap(): void {
    this.#in(FIRST_AFTER_MS);
  }

  onModuleDestroy(): void {
    clearTimeout(this.#timer);
  }

  #in(ms: number): void {
    this.#timer = setTimeout(() => {
      const { from } = this.desk.begin({ officer: null, from: 0 });
      // Somebody else's is under way, of a part only.
      this.#in(from === 0 ? DAY_MS : FIRST_AFTER_MS);
    }, ms).unref();
  }
}
