import { streamOf } from '@ceasewatch/domain/recorded-event';

/**
 * What an installation's streams are called in the store: `cw.` before domain streams, and beside them
 * two sorts that are never numbered, the vault and the one stream that says which log this is.
 * Another prefix keeps another centre apart on the same cluster.
 */
const DEFAULT_PREFIX = 'cw';
export const STORE_PREFIX = /^[a-z][a-z0-9]{0,15}$/;
/** Of every name that the port knows. */
const PORT_PREFIX = 'cw.';

export class StoreNames {
  readonly #prefix: string;

  constructor(prefix: string = DEFAULT_PREFIX) {
    this.#prefix = prefix;
  }

  /** The store's name of a domain stream. */
  inStore(stream: string): string {
    return `${this.#prefix}.${stream.slice(PORT_PREFIX.length)}`;
  }

  /** The stream of a subject, under the store's name for it. */
  ofSubject(subject: string): string {
    return this.inStore(streamOf(subject));
  }

  /** The port's name of a domain stream; undefined when it is none. */
  inPort(name: string): string | undefined {
    const own = `${this.#prefix}.`;
    return name.startsWith(own) ? PORT_PREFIX + name.slice(own.length) : undefined;
  }

  vaultOf(eventId: string): string {
    return `${this.#prefix}vault-${eventId}`;
  }

  /** The event whose disclosures a vault stream keeps; undefined when it is none. */
  keptFor(name: string): string | undefined {
    const own = this.vaultOf('');
    return name.startsWith(own) ? name.slice(own.length) : undefined;
  }

  /** Holds the first event before it is in the log, so that of two nodes that begin only one does. */
  get opening(): string {
    return `${this.#prefix}log`;
  }

  /** What a node follows: events, their vault, and the settings of both. */
  get followed(): string[] {
    const own = [`${this.#prefix}.`, this.vaultOf('')];
    return [...own, ...own.map((name) => `$$${name}`)];
  }
}
