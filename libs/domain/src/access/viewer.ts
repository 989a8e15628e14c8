import type { Role } from '../recorded-event.ts';

/**
 * Who looks. Every query takes a viewer, so that what a viewer may see is decided in this one place;
 * until there are accounts everybody at the machine may see everything.
 */
export interface Viewer {
  readonly officer: string | null;
  readonly contingent: string | null;
  readonly role: Role;
}

/** Whether this viewer may read narrative, text as entered and names. */
export function mayReadDisclosures(viewer: Viewer): boolean {
  return viewer.role !== 'sensor';
}
