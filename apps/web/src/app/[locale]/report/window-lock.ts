/**
 * Which window of this browser has a thing in its hands. A lock ends with its window, also by a crash,
 * and nobody has to notice. Browsers give locks to secure pages only; on plain http the windows ask
 * each other.
 */
export type Release = () => void;
/** Undefined when another window has it. */
export type Hold = (name: string) => Promise<Release | undefined>;

/** A page that is just being left lets go within this time. */
const PATIENCE_MS = 300;

export const holdInWindow: Hold = (name) =>
  'locks' in navigator ? holdLock(navigator.locks, name) : askOthers(name);

async function holdLock(locks: LockManager, name: string): Promise<Release | undefined> {
  return new Promise((held, failed) => {
    locks
      .request(
        name,
        { signal: AbortSignal.timeout(PATIENCE_MS) },
        () => new Promise<void>((release) => held(release)),
      )
      .catch((error: unknown) => {
        if (error instanceof DOMException && error.name === 'TimeoutError') held(undefined);
        else failed(error);
      });
  });
}

/** Whoever has it answers; who hears nothing has it from now on. */
async function askOthers(name: string): Promise<Release | undefined> {
  const channel = new BroadcastChannel(name);
  let had = false;
  channel.onmessage = ({ data }) => {
    if (data === 'had') had = true;
  };
  channel.postMessage('who');
  await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  if (had) {
    channel.close();
    return undefined;
  }
  channel.onmessage = ({ data }) => {
    if (data === 'who') channel.postMessage('had');
  };
  return () => channel.close();
}
