/** What SQLite said in another thread, with its code. */
export class SqliteFailure extends Error {
  readonly errcode: number;

  constructor(message: string, errcode: number) {
    super(message);
    this.name = 'SqliteFailure';
    this.errcode = errcode;
  }
}

/** An error as a message can carry it: errors lose their class on the way between threads. */
export interface ToldFailure {
  readonly message: string;
  readonly errcode: number;
}

export function toldOf(error: unknown): ToldFailure {
  const errcode = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
  return { message: error instanceof Error ? error.message : String(error), errcode };
}
