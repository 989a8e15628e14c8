import type { DatabaseSync } from 'node:sqlite';
import type { ReportingUnit } from '@ceasewatch/domain/situation/silent-units';
import { mayReadDisclosures, type Viewer } from '@ceasewatch/domain/access/viewer';
import type { Gazetteer } from '@ceasewatch/domain/situation/text-query';
import { officerNames, thingsAsOf } from './centre-rows.ts';

/** Every name by which something may be looked for, as of an event and as far as the viewer may know. */
export function gazetteerAsOf(db: DatabaseSync, viewer: Viewer, asOf: number): Gazetteer {
  const names = mayReadDisclosures(viewer) ? officerNames(db, asOf) : new Map();
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

/** Units that report by themselves, as of an event, with the time from and until which they are open. */
export function unitsThatReport(
  db: DatabaseSync,
  asOf: number,
): readonly Omit<ReportingUnit, 'lastReport'>[] {
  return thingsAsOf(db, 'unit', asOf)
    .filter(({ content: { kind } }) => kind !== 'external_source' && kind !== 'liaison')
    .map(({ id, content }) => ({
      unit: id,
      openedAt: content.from,
      closedAt: content.closedFrom,
    }));
}
