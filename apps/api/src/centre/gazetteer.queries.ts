import type { DatabaseSync } from 'node:sqlite';
import { mayReadDisclosures, type Viewer } from '@ceasewatch/domain/access/viewer';
import type { Gazetteer } from '@ceasewatch/domain/situation/text-query';
import { officerNames, thingsAsOf } from './centre-rows.ts';

/** Every name by which something may be looked for, as of an event and as far as the viewer may know. */
export function gazetteerAsOf(db: DatabaseSync, viewer: Viewer, asOf: number): Gazetteer {
  const names = mayReadDisclosures(viewer) ? officerNames(db) : new Map();
  return {
    units: thingsAsOf(db, 'unit', asOf).map(({ id, content }) => ({ id, names: [content.name] })),
    officers: thingsAsOf(db, 'officer', asOf).map(({ id }) => {
      const name = names.get(id);
      return { id, names: name?.state === 'shown' ? [name.value] : [] };
    }),
    areas: thingsAsOf(db, 'area', asOf).map(({ id, content }) => ({
      id,
      names: content.flatMap(({ name }) => Object.values(name)),
    })),
    places: thingsAsOf(db, 'centre', asOf).flatMap(({ content }) =>
      content.places.map(({ name, aliases, lat, lon }) => ({
        names: [...Object.values(name), ...aliases],
        lat,
        lon,
      })),
    ),
  };
}

/** The zone in which the centre counts its days, as of an event; UTC before it was founded. */
export function zoneAsOf(db: DatabaseSync, asOf: number): string {
  return thingsAsOf(db, 'centre', asOf)[0]?.content.zone ?? 'UTC';
}

/** The centre's sectors in their order, as of an event. */
export function sectorsAsOf(db: DatabaseSync, asOf: number): readonly string[] {
  return thingsAsOf(db, 'area', asOf)
    .filter(({ content }) => content.at(-1)?.kind === 'sector')
    .map(({ id }) => id);
}

/** Units that report by themselves and were open at a moment, with the time since which they are. */
export function reportingUnitsAsOf(
  db: DatabaseSync,
  asOf: number,
  moment: string,
): readonly { readonly unit: string; readonly openedAt: string }[] {
  return thingsAsOf(db, 'unit', asOf)
    .filter(({ content: { kind } }) => kind !== 'external_source' && kind !== 'liaison')
    .filter(
      ({ content }) =>
        content.from <= moment && (content.closedFrom === null || moment < content.closedFrom),
    )
    .map(({ id, content }) => ({ unit: id, openedAt: content.from }));
}
