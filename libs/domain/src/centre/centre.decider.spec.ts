import { describe, expect, it } from '@jest/globals';
import { AREAS, OFFICERS, UNITS } from '../testing/cast.ts';
import { box, exerciseCentre } from '../testing/exercise-centre.ts';
import { given } from '../testing/given-when-then.ts';
import { type CentreCommand, centreDecider } from './centre.decider.ts';
import { foundingEvents } from './centre-file.ts';
import { areasAt, isOpenAt, officerOf, unitAt } from './centre-state.ts';

const file = exerciseCentre(Date.UTC(2026, 7, 15, 20));
const founded = foundingEvents(file).centre;
const later = '2026-09-01T00:00:00.000Z';
const NEW_UNIT = '019aa9c0-0000-7000-8000-0000000000f1';
const NEW_AREA = '019aa9c0-0000-7000-8000-0000000000f2';

const commands: readonly CentreCommand[] = [
  { type: 'found', file },
  { type: 'set_calendar', data: { zone: 'Asia/Baku', cutOff: '20:00', from: later } },
  {
    type: 'admit_contingent',
    data: { contingent: 'third', name: { en: 'Third' }, sign: 'circle' },
  },
  {
    type: 'report_strength',
    data: {
      contingent: 'alfa',
      stage: 'observed',
      count: { unknown: 'not_recorded' },
      asOf: later,
    },
  },
  {
    type: 'open_unit',
    data: { unit: NEW_UNIT, kind: 'post', contingent: 'alfa', name: 'Post Oak', from: later },
  },
  {
    type: 'move_unit',
    data: {
      unit: UNITS.patrolAlfa,
      position: { lat: 40_000_000, lon: 46_900_000, errorM: 50 },
      from: later,
    },
  },
  { type: 'close_unit', data: { unit: UNITS.postFir, from: later, reason: 'Road washed away.' } },
  { type: 'define_area', data: area(NEW_AREA, 'exercise') },
  { type: 'revise_area', data: { ...area(AREAS.school, 'protected'), from: later } },
  {
    type: 'enrol_officer',
    data: {
      officer: '019aa9c0-0000-7000-8000-0000000000f3',
      contingent: 'bravo',
      role: 'operator',
    },
    name: 'Lt Oona Lind',
  },
  { type: 'withdraw_officer', data: { officer: OFFICERS.quist.officer } },
];

describe('a centre', () => {
  it('is founded from its file, once', () => {
    given(centreDecider).when({ type: 'found', file }).then(founded);
    given(centreDecider, founded)
      .when({ type: 'found', file: { ...file, name: { en: 'Another centre' } } })
      .thenRefused('invalid', 'centre_exists');
  });

  it('is founded before anything else', () => {
    for (const command of commands.slice(1)) {
      given(centreDecider).when(command).thenRefused('not_found', 'no_centre');
    }
  });

  it.each(commands.map((command) => [command.type, command] as const))(
    'asked twice to %s does it once',
    (type, command) => {
      const history = type === 'found' ? [] : founded;
      given(centreDecider, history).when(command).thenOnlyOnce();
      expect(centreDecider.decide(given(centreDecider, history).state, command)).not.toEqual([]);
    },
  );

  it('keeps where a unit stood before it moved', () => {
    const moved = given(centreDecider, founded)
      .when({
        type: 'move_unit',
        data: {
          unit: UNITS.patrolAlfa,
          position: { lat: 40_000_000, lon: 46_900_000, errorM: 50 },
          from: later,
        },
      })
      .thenOne();
    const { state } = given(centreDecider, [...founded, moved]);
    expect(unitAt(state, UNITS.patrolAlfa, '2026-08-31T23:59:59.999Z')?.position?.lat).toBe(
      40_298_000,
    );
    expect(unitAt(state, UNITS.patrolAlfa, later)?.position?.lat).toBe(40_000_000);
    expect(unitAt(state, UNITS.patrolAlfa, '2026-08-01T00:00:00.000Z')?.position).toBeUndefined();
    expect(unitAt(state, NEW_UNIT, later)).toBeUndefined();
  });

  it('knows when a unit was closed, and keeps what it was', () => {
    const close = { unit: UNITS.postFir, from: later, reason: 'Road washed away.' };
    const closed = given(centreDecider, founded)
      .when({ type: 'close_unit', data: close })
      .thenOne();
    const unit = unitAt(
      given(centreDecider, [...founded, closed]).state,
      UNITS.postFir,
      later,
    )?.unit;
    if (unit === undefined) throw new Error('a closed unit is still known');
    expect([isOpenAt(unit, '2026-08-31T00:00:00.000Z'), isOpenAt(unit, later)]).toEqual([
      true,
      false,
    ]);
  });

  it('has the areas that are in force at an instant', () => {
    const data = { ...area(NEW_AREA, 'exercise'), from: later, to: '2026-09-02T00:00:00.000Z' };
    const defined = given(centreDecider, founded).when({ type: 'define_area', data }).thenOne();
    const { state } = given(centreDecider, [...founded, defined]);
    const inForce = (instant: string) =>
      areasAt(state, instant).some((each) => each.area === NEW_AREA);
    expect(
      ['2026-08-31T23:59:59.999Z', later, '2026-09-01T23:59:59.999Z', data.to].map(inForce),
    ).toEqual([false, true, true, false]);
  });

  it('lets a revised area keep its kind and its earlier shape', () => {
    const history = given(centreDecider, founded);
    history
      .when({ type: 'revise_area', data: { ...area(AREAS.school, 'sector'), from: later } })
      .thenRefused('invalid', 'area_kind_changed', 'kind');
    const revised = history
      .when({ type: 'revise_area', data: { ...area(AREAS.school, 'protected'), from: later } })
      .thenOne();
    const { state } = given(centreDecider, [...founded, revised]);
    const vertexAt = (instant: string) =>
      areasAt(state, instant).find((each) => each.area === AREAS.school)?.vertices[0];
    expect(vertexAt('2026-08-20T00:00:00.000Z')).not.toEqual(vertexAt(later));
  });

  it('refuses what leads nowhere', () => {
    const history = given(centreDecider, founded);
    history
      .when({ type: 'withdraw_officer', data: { officer: NEW_UNIT } })
      .thenRefused('invalid', 'unknown_officer');
    history
      .when({
        type: 'move_unit',
        data: { unit: NEW_UNIT, position: { lat: 0, lon: 0, errorM: 0 }, from: later },
      })
      .thenRefused('invalid', 'unknown_unit', 'unit');
    history
      .when({
        type: 'close_unit',
        data: { unit: UNITS.postFir, from: '2026-01-01T00:00:00.000Z', reason: 'x' },
      })
      .thenRefused('invalid', 'before_the_unit_opened', 'from');
    history
      .when({
        type: 'define_area',
        data: {
          ...area(NEW_AREA, 'sector'),
          vertices: [
            [0, 0],
            [1, 1],
            [0, 0],
          ],
        },
      })
      .thenRefused('invalid', 'too_few_vertices', 'vertices');
  });

  it('enrols an officer who was withdrawn anew, in another role too, never in another contingent', () => {
    const { officer } = OFFICERS.quist;
    const enrolled = founded.find(
      (event) => event.type === 'officer.enrolled.v1' && event.data.officer === officer,
    );
    if (enrolled?.type !== 'officer.enrolled.v1') throw new Error('Quist is in the file');
    const { data } = enrolled;
    const gone = given(centreDecider, [
      ...founded,
      { type: 'officer.withdrawn.v1', data: { officer } },
    ]);
    for (const asked of [data, { ...data, role: 'auditor' as const }]) {
      const command = { type: 'enrol_officer', data: asked } as const;
      const back = gone.when(command).thenOne();
      expect(officerOf(given(centreDecider, [...founded, back]).state, officer)).toMatchObject(
        asked,
      );
      gone.when(command).thenOnlyOnce();
    }
    const contingent = data.contingent === 'alfa' ? 'bravo' : 'alfa';
    gone
      .when({ type: 'enrol_officer', data: { ...data, contingent } })
      .thenRefused('invalid', 'officer_exists', 'officer');
  });

  it('closes a unit once: another date and another opening are refused', () => {
    const opened = { unit: NEW_UNIT, kind: 'post', name: 'Post Oak', from: later } as const;
    const close = { unit: NEW_UNIT, from: '2026-09-02T00:00:00.000Z', reason: 'Flooded.' };
    const closed = given(centreDecider, [
      ...founded,
      { type: 'unit.opened.v1', data: opened },
      { type: 'unit.closed.v1', data: close },
    ]);
    closed.when({ type: 'close_unit', data: close }).thenNothing();
    closed
      .when({ type: 'close_unit', data: { ...close, from: '2026-09-03T00:00:00.000Z' } })
      .thenRefused('invalid', 'unit_closed', 'unit');
    closed.when({ type: 'open_unit', data: opened }).thenRefused('invalid', 'unit_closed', 'unit');
  });

  it('goes back to a position and to a shape that another one had replaced from the same instant on', () => {
    const at = (lat: number) => ({
      unit: UNITS.patrolAlfa,
      position: { lat, lon: 46_900_000, errorM: 50 },
      from: later,
    });
    given(centreDecider, [
      ...founded,
      { type: 'unit.moved.v1', data: at(40_000_000) },
      { type: 'unit.moved.v1', data: at(40_100_000) },
    ])
      .when({ type: 'move_unit', data: at(40_000_000) })
      .then([{ type: 'unit.moved.v1', data: at(40_000_000) }]);
    const named = (en: string) => ({ ...area(AREAS.school, 'protected'), name: { en } });
    given(centreDecider, [
      ...founded,
      { type: 'area.revised.v1', data: named('Old school') },
      { type: 'area.revised.v1', data: named('New school') },
    ])
      .when({ type: 'revise_area', data: named('Old school') })
      .then([{ type: 'area.revised.v1', data: named('Old school') }]);
  });

  it('does not know an officer who was withdrawn', () => {
    const { officer } = OFFICERS.quist;
    const withdrawn = given(centreDecider, founded)
      .when({ type: 'withdraw_officer', data: { officer } })
      .thenOne();
    expect(officerOf(given(centreDecider, founded).state, officer)).toBeDefined();
    expect(officerOf(given(centreDecider, [...founded, withdrawn]).state, officer)).toBeUndefined();
  });
});

function area(id: string, kind: 'sector' | 'protected' | 'exercise') {
  const vertices = box(46_900_000, 39_700_000, 20_000);
  return {
    area: id,
    kind,
    name: { en: 'Somewhere' },
    shape: 'polygon' as const,
    vertices,
    from: later,
  };
}
