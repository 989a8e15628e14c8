import type { DatabaseSync } from 'node:sqlite';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { mayReadDisclosures, type Viewer } from '@ceasewatch/domain/access/viewer';
import { inForce } from '@ceasewatch/domain/centre/in-force';
import { isKnown } from '@ceasewatch/domain/measure/count-words';
import { ceasefireAnnotations, ceasefireAsOf } from '../ceasefire/ceasefire.queries.ts';
import type {
  Annotation,
  CentreAnswer,
  CentreArea,
  CentreContingent,
  CentreOfficer,
  CentreStrength,
  CentreUnit,
} from '../contract/centre.ts';
import { lastReportOf } from '../observation/last-reports.queries.ts';
import { type Moment, resolveAsOf } from '../read-model/as-of.ts';
import { momentOf } from '../read-model/event-table.ts';
import { Projector } from '../read-model/projector.ts';
import { ReadModel } from '../read-model/read-model.ts';
import { millisOf, storedInstant } from '../read-model/stored-instant.ts';
import type { Things } from './centre.projection.ts';
import { officerNames, type Row, thingsAsOf } from './centre-rows.ts';

/** The centre as it stood: contingents, units, areas, officers, places, ceasefire. */
export class AskCentre extends Query<CentreAnswer> {
  constructor(readonly moment: Moment) {
    super();
  }
}

@QueryHandler(AskCentre)
export class AskCentreHandler implements IQueryHandler<AskCentre> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly projector: Projector,
  ) {}

  async execute({ moment }: AskCentre): Promise<CentreAnswer> {
    const { log, exercise, projected } = this.projector;
    return this.readModel.read((db) => {
      const seq = resolveAsOf(db, projected, moment.asOf);
      return { asOf: seq, log, exercise, ...centreAsOf(db, moment, seq) };
    });
  }
}

export const CENTRE_QUERIES = [AskCentreHandler];

function centreAsOf(
  db: DatabaseSync,
  { viewer, occurredUntil }: Moment,
  asOf: number,
): Omit<CentreAnswer, 'asOf' | 'log' | 'exercise'> {
  const moment = heldAt(momentOf(db, asOf), occurredUntil);
  const happened = (at: string): boolean => occurredUntil === undefined || at < occurredUntil;
  const [centre] = thingsAsOf(db, 'centre', asOf).map(({ content }) => content);
  const calendar = thingsAsOf(db, 'calendar', asOf).map(({ content }) => content);
  const areas = thingsAsOf(db, 'area', asOf);
  return {
    name: centre?.name ?? {},
    zone: centre?.zone ?? 'UTC',
    cutOff: inForce(calendar, moment)?.cutOff ?? null,
    missionArea: centre?.missionArea ?? [0, 0, 0, 0],
    declinationMdeg: centre?.declinationMdeg ?? null,
    contingents: contingentsAsOf(db, asOf, happened),
    units: thingsAsOf(db, 'unit', asOf).map((row) => unitOf(db, row, asOf, moment, happened)),
    areas: areas.flatMap(({ content }) => areaOf(content, moment)),
    officers: officersAsOf(db, viewer, asOf),
    places: centre?.places ?? [],
    ceasefire: ceasefireAsOf(db, asOf, happened),
    annotations: [...ceasefireAnnotations(db, asOf), ...announcedExercises(areas)].filter(
      ({ at }) => happened(at),
    ),
    sources: (centre?.sources ?? []).map(({ title, date }) => ({ title, date: date ?? null })),
  };
}

/** Whether something dated had happened, as far as the question goes. */
type Happened = (at: string) => boolean;

/** The instant at which positions and borders are asked for: the last one before `occurredUntil`. */
function heldAt(moment: string, occurredUntil: string | undefined): string {
  if (occurredUntil === undefined || moment < occurredUntil) return moment;
  return storedInstant(millisOf(occurredUntil) - 1);
}

function contingentsAsOf(
  db: DatabaseSync,
  asOf: number,
  happened: Happened,
): readonly CentreContingent[] {
  const strength = thingsAsOf(db, 'strength', asOf)
    .map(({ content }) => content)
    .filter((each) => happened(each.asOf));
  return thingsAsOf(db, 'contingent', asOf).map(({ content: { contingent, name, sign } }) => ({
    contingent,
    name,
    sign,
    strength: strength.filter((each) => each.contingent === contingent).map(strengthOf),
  }));
}

function strengthOf({
  stage,
  count,
  expandable,
  asOf,
  source,
}: Things['strength']): CentreStrength {
  return {
    stage,
    value: isKnown(count) ? count.value : null,
    qualifier: isKnown(count) ? count.qualifier : null,
    expandable: expandable ?? false,
    asOf,
    source: source?.title ?? null,
  };
}

function unitOf(
  db: DatabaseSync,
  { content }: Row<Things['unit']>,
  asOf: number,
  moment: string,
  happened: Happened,
): CentreUnit {
  const { unit, kind, contingent, name, positions, from, closedFrom } = content;
  // Before its first position holds, a unit is shown where it will stand.
  const position = inForce(positions, moment) ?? positions[0];
  return {
    unit,
    kind,
    contingent: contingent ?? null,
    name,
    position: position?.position ?? null,
    openedAt: from,
    closedAt: closedFrom !== null && happened(closedFrom) ? closedFrom : null,
    lastReport: lastReportOf(db, unit, asOf),
  };
}

function areaOf(definitions: Things['area'], moment: string): readonly CentreArea[] {
  const definition = inForce(definitions, moment) ?? definitions[0];
  if (definition === undefined) return [];
  const { area, kind, name, shape, vertices, from, to } = definition;
  return [{ area, kind, name, shape, vertices, from, to: to ?? null }];
}

function officersAsOf(db: DatabaseSync, viewer: Viewer, asOf: number): readonly CentreOfficer[] {
  const names = officerNames(db, asOf);
  return thingsAsOf(db, 'officer', asOf).map(
    ({ content: { officer, contingent, role, unit, withdrawn } }) => {
      const name = names.get(officer) ?? { state: 'withheld' };
      return {
        officer,
        contingent,
        role,
        unit: unit ?? null,
        name: name.state === 'shown' && !mayReadDisclosures(viewer) ? { state: 'withheld' } : name,
        withdrawn,
      };
    },
  );
}

/** Announced live fire explains a spike, so it is drawn as a band. */
function announcedExercises(areas: readonly Row<Things['area']>[]): readonly Annotation[] {
  return areas.flatMap(({ firstSeq, content }) => {
    const area = content.at(-1);
    if (area?.kind !== 'exercise') return [];
    const label = area.name['en'] ?? '';
    return [{ seq: firstSeq, at: area.from, to: area.to ?? null, type: 'area.exercise', label }];
  });
}
