import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system in memory that is small enough to be filled, which only root may mount. */
export class SmallDisk {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Whether one can be mounted here: for a test that is skipped where not. Nothing stays mounted. */
  static isPossible(): boolean {
    const tried = SmallDisk.of('64k');
    tried?.remove();
    return tried !== undefined;
  }

  /** Undefined, and said so, where none can be mounted. @param size as `mount` takes it: `4m` */
  static of(size: string): SmallDisk | undefined {
    const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-disk-'));
    try {
      const options = ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder];
      execFileSync('mount', options, { stdio: 'ignore' });
      return new SmallDisk(folder);
    } catch (error) {
      console.warn(`no small disk to fill (${String(error)})`);
      rmSync(folder, { recursive: true });
      return undefined;
    }
  }

  /** Takes all the room that is left. */
  fill(): void {
    const ballast = openSync(this.#ballast, 'a');
    const block = Buffer.alloc(4_096);
    try {
      for (;;) writeSync(ballast, block);
    } catch (error) {
      if (Object(error).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(ballast);
    }
  }

  /** Gives back what `fill` took. */
  free(): void {
    rmSync(this.#ballast, { force: true });
  }

  remount(options: string): void {
    execFileSync('mount', ['-o', `remount,${options}`, this.folder]);
  }

  remove(): void {
    execFileSync('umount', ['-l', this.folder]);
    rmSync(this.folder, { recursive: true });
  }

  get #ballast(): string {
    return join(this.folder, 'ballast');
  }
}
