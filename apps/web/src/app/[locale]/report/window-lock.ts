/**
 * Which window of this browser has a thing in its hands. A lock ends with its window, also by a crash,
 * and nobody has to notice. Browsers give locks to secure pages only; on plain http the windows ask
 * each other.
 */
export type Release = () => void;

/**
 * Undefined when another window has it.
 *
 * @param asked `wait` for what this window had before: the page that was just left may still be letting
 *   go; `now` for what others may have; `new` for a name that nobody else can know
 */
export type Hold = (name: string, asked: 'wait' | 'now' | 'new') => Promise<Release | undefined>;

/** A page that is being left lets go within this time; a duplicated tab waits it out once. */
const LETS_GO_MS = 1000;
/** Another window answers within this time. */
const ANSWERS_MS = 300;

export const holdInWindow: Hold = (name, asked) =>
  'locks' in navigator ? holdLock(navigator.locks, name, asked) : askOthers(name, asked);

async function holdLock(
  locks: LockManager,
  name: string,
  asked: Parameters<Hold>[1],
): Promise<Release | undefined> {
  // Asked without waiting first: how long the browser takes to answer says nothing about the lock.
  const release = await request(locks, name, { ifAvailable: true });
  if (release !== undefined || asked !== 'wait') return release;
  return request(locks, name, { signal: AbortSignal.timeout(LETS_GO_MS) });
}

function request(
  locks: LockManager,
  name: string,
  options: LockOptions,
): Promise<Release | undefined> {
  return new Promise((held, failed) => {
    const keep = (lock: Lock | null) => {
      if (lock !== null) return new Promise<void>((release) => held(release));
      held(undefined);
      return undefined;
    };
    locks.request(name, options, keep).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'TimeoutError') held(undefined);
      else failed(error);
    });
  });
}

/** Whoever has it answers; who hears nothing has it from now on. */
async function askOthers(name: string, asked: Parameters<Hold>[1]): Promise<Release | undefined> {
  const channel = new BroadcastChannel(name);
  if (asked !== 'new' && (await isAnswered(channel))) {
    channel.close();
    return undefined;
  }
  channel.onmessage = ({ data }) => {
    if (data === 'who') channel.postMessage('had');
  };
  return () => channel.close();
}

async function isAnswered(channel: BroadcastChannel): Promise<boolean> {
  let had = false;
  channel.onmessage = ({ data }) => {
    if (data === 'had') had = true;
  };
  channel.postMessage('who');
  await new Promise((resolve) => setTimeout(resolve, ANSWERS_MS));
  return had;
}
