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
} from '../contract.ts';
import { lastReportOf } from '../observation/last-reports.queries.ts';
import { type AsOf, resolveAsOf } from '../read-model/as-of.ts';
import { momentOf } from '../read-model/event-table.ts';
import { Projector } from '../read-model/projector.ts';
import { ReadModel } from '../read-model/read-model.ts';
import type { Things } from './centre.projection.ts';
import { officerNames, type Row, thingsAsOf } from './centre-rows.ts';

/** The centre as it stood: contingents, units, areas, officers, places, ceasefire. */
export class AskCentre extends Query<CentreAnswer> {
  constructor(
    readonly viewer: Viewer,
    readonly asOf?: AsOf,
  ) {
    super();
  }
}

@QueryHandler(AskCentre)
export class AskCentreHandler implements IQueryHandler<AskCentre> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly projector: Projector,
  ) {}

  async execute({ viewer, asOf }: AskCentre): Promise<CentreAnswer> {
    const { log, exercise, projected } = this.projector;
    return this.readModel.read((db) => {
      const seq = resolveAsOf(db, projected, asOf);
      return { asOf: seq, log, exercise, ...centreAsOf(db, viewer, seq) };
    });
  }
}

export const CENTRE_QUERIES = [AskCentreHandler];

function centreAsOf(
  db: DatabaseSync,
  viewer: Viewer,
  asOf: number,
): Omit<CentreAnswer, 'asOf' | 'log' | 'exercise'> {
  const moment = momentOf(db, asOf);
  const [centre] = thingsAsOf(db, 'centre', asOf).map(({ content }) => content);
  const calendar = thingsAsOf(db, 'calendar', asOf).map(({ content }) => content);
  const areas = thingsAsOf(db, 'area', asOf);
  return {
    name: centre?.name ?? {},
    zone: centre?.zone ?? 'UTC',
    cutOff: inForce(calendar, moment)?.cutOff ?? null,
    missionArea: centre?.missionArea ?? [0, 0, 0, 0],
    declinationMdeg: centre?.declinationMdeg ?? null,
    contingents: contingentsAsOf(db, asOf),
    units: thingsAsOf(db, 'unit', asOf).map((row) => unitOf(db, row, asOf, moment)),
    areas: areas.flatMap(({ content }) => areaOf(content, moment)),
    officers: officersAsOf(db, viewer, asOf),
    places: centre?.places ?? [],
    ceasefire: ceasefireAsOf(db, asOf),
    annotations: [...ceasefireAnnotations(db, asOf), ...announcedExercises(areas)],
    sources: (centre?.sources ?? []).map(({ title, date }) => ({ title, date: date ?? null })),
  };
}

function contingentsAsOf(db: DatabaseSync, asOf: number): readonly CentreContingent[] {
  const strength = thingsAsOf(db, 'strength', asOf).map(({ content }) => content);
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
    closedAt: closedFrom,
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
  const names = officerNames(db);
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
