import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CastOfficer, OFFICERS, UNITS } from '../testing/cast.ts';
import { exerciseContext } from '../testing/exercise-context.ts';
import { given } from '../testing/given-when-then.ts';
import { type ObservationCommand, observationDecider } from './observation.decider.ts';
import type { ObservationEvent } from './observation.events.ts';
import type { ReportContent } from './observation.report.ts';
import { type ReadReport, readReport } from './report-reading.ts';
import { CORRECTION_REASONS } from './vocabulary.ts';

const bursts: ReportContent = {
  kind: 'burst',
  count: { value: 12, qualifier: 'about', unit: 'burst' },
  means: ['heard'],
  when: {
    from: '2026-11-22T12:58:00+03:00',
    precision: 'minute',
    zone: 'Europe/Moscow',
    clock: 'device',
  },
  where: {
    form: 'relative',
    unit: UNITS.postDogwood,
    bearing: { value: 84_000, unit: 'mdeg', north: 'true' },
    range: { min: 3000, max: 3400 },
  },
  unit: UNITS.postDogwood,
  narrative: 'Three bursts, then silence.',
};
const fourteen: ReportContent = {
  ...bursts,
  count: { value: 14, qualifier: 'exact', unit: 'burst' },
};

describe('recording', () => {
  it('keeps what was perceived and resolves where it was', () => {
    const event = given(observationDecider).when(record()).thenOne();
    expect(event).toMatchObject({
      type: 'observation.recorded.v1',
      data: {
        kind: 'burst',
        origin: 'unit',
        watch: null,
        when: { from: '2026-11-22T09:58:00.000Z', to: '2026-11-22T09:59:00.000Z' },
        where: {
          form: 'relative',
          resolved: { method: 'relative.1', sector: '019aa9c0-0000-7000-8000-0000000000c2' },
        },
      },
      disclosed: { narrative: 'Three bursts, then silence.' },
    });
    expect(JSON.stringify(event.data)).not.toContain('silence');
  });

  it('takes the unit that the officer reports from when none is named', () => {
    const { unit: _, ...unnamed } = bursts;
    const event = given(observationDecider).when(record(unnamed)).thenOne();
    expect(event.data).toMatchObject({ unit: UNITS.postDogwood });
  });

  it('lists means once and in one order, whatever the order they were entered in', () => {
    const event = given(observationDecider)
      .when(record({ ...bursts, means: ['seen', 'heard', 'seen'] }))
      .thenOne();
    expect(event.data).toMatchObject({ means: ['heard', 'seen'] });
  });

  it('is the work of operators of the contingent whose unit it was', () => {
    const unnamed = given(observationDecider);
    unnamed.when(record(bursts, OFFICERS.ashby)).thenRefused('forbidden', 'not_your_unit', 'unit');
    unnamed.when(record(bursts, OFFICERS.sorell)).thenRefused('forbidden', 'role_may_not_report');
    unnamed
      .when(record(bursts, { ...OFFICERS.ferrow, officer: '019aa9c0-0000-7000-8000-0000000000ff' }))
      .thenRefused('forbidden', 'unknown_officer');
  });

  it('refuses what lies before the ceasefire or in the future', () => {
    const at = (from: string) => record({ ...bursts, when: { ...bursts.when, from } });
    const nothing = given(observationDecider);
    nothing
      .when(at('2026-08-15T19:59:00Z'))
      .thenRefused('invalid', 'before_the_ceasefire', 'when.from');
    nothing.when(at('2026-11-22T10:30:00Z')).thenRefused('invalid', 'in_the_future', 'when.from');
  });

  it('binds what others tell to neither the ceasefire nor the mission area', () => {
    const told: ReportContent = {
      kind: 'damage',
      means: ['third_party'],
      when: { from: '1993-04-02T00:00:00+04:00', precision: 'day', zone: 'Asia/Baku' },
      where: { form: 'point', lat: 36.2, lon: 43.1 },
      unit: UNITS.otherSources,
      via: 'import',
    };
    const event = given(observationDecider).when(record(told, OFFICERS.ashby)).thenOne();
    expect(event.data).toMatchObject({ origin: 'external' });
    given(observationDecider)
      .when(record({ ...told, origin: 'unit' }, OFFICERS.ashby))
      .thenRefused('invalid', 'origin_of_another_unit', 'origin');
  });

  it('hands on what it read, once a decision, so that its warnings can be told', () => {
    const readings: ReadReport[] = [];
    const read: typeof readReport = (body, within) => {
      const reading = readReport(body, within);
      readings.push(reading);
      return reading;
    };
    const old = { ...bursts, when: { ...bursts.when, from: '2026-11-20T12:58:00+03:00' } };
    const event = given(observationDecider)
      .when({ ...record(old), read })
      .thenOne();
    expect(readings.map(({ content }) => content)).toEqual([event.data]);
    expect(readings[0]?.warnings.map(({ code }) => code)).toContain('old');
  });

  it('refuses a unit that the centre does not have', () => {
    given(observationDecider)
      .when(record({ ...bursts, unit: '019aa9c0-0000-7000-8000-0000000000ff' }))
      .thenRefused('invalid', 'unknown_unit', 'unit');
  });

  it('refuses public text that is not in Normalization Form C', () => {
    const name = 'Köprü'.normalize('NFD');
    given(observationDecider)
      .when(record({ ...bursts, where: { form: 'area', name } }))
      .thenRefused('invalid', 'not_nfc', 'where.name');
  });

  it.each([
    ['turns the writing around', 'Alder\u202e', 'hidden_character'],
    ['isolates', '\u2066Alder\u2069', 'hidden_character'],
    ['marks a direction', 'Alder\u200f', 'hidden_character'],
    ['cannot be seen', 'Al\u200bder', 'hidden_character'],
    ['is a soft hyphen', 'Al\u00adder', 'hidden_character'],
    ['is a control', 'Alder\u0007', 'hidden_character'],
    ['is half a character', 'Alder\ud800', 'not_text'],
  ])('refuses a public name with a character that %s', (_, name, reason) => {
    given(observationDecider)
      .when(record({ ...bursts, where: { form: 'area', name } }))
      .thenRefused('invalid', reason, 'where.name');
  });

  it.each(['مي\u200cشود', 'Քյոփրյու', 'İğdır', 'Köprü\tüst'])('keeps the name %s', (name) => {
    const event = given(observationDecider)
      .when(record({ ...bursts, where: { form: 'area', name } }))
      .thenOne();
    expect(event).toMatchObject({ data: { where: { name } } });
  });

  it('counts persons once for each outcome and sort', () => {
    const injured = {
      outcome: 'injured' as const,
      person: 'civilian' as const,
      count: { value: 2, qualifier: 'exact' as const, unit: 'person' as const },
    };
    const casualties = (list: NonNullable<ReportContent['casualties']>) =>
      record({ ...bursts, kind: 'casualty', casualties: list });
    const nothing = given(observationDecider);
    nothing
      .when(casualties([injured, injured]))
      .thenRefused('invalid', 'casualty_twice', 'casualties.1');
    nothing
      .when(casualties([{ ...injured, count: { ...injured.count, unit: 'vehicle' } }]))
      .thenRefused('invalid', 'not_persons', 'casualties.0.count.unit');
  });

  it('refuses other content under an id that was used', () => {
    given(observationDecider, [recorded()])
      .when(record(fourteen))
      .thenRefused('id_reused', 'other_content', 'id');
  });
});

describe('correcting', () => {
  it('is the whole new content, and names the version it replaces', () => {
    const event = given(observationDecider, [recorded()]).when(correct(fourteen)).thenOne();
    expect(event).toMatchObject({
      type: 'observation.corrected.v1',
      data: { corrects: 1, reason: 'count_refined', count: { value: 14 }, kind: 'burst' },
      disclosed: { narrative: bursts.narrative, explanation: 'Counted again.' },
    });
  });

  it('with the content that is there already changes nothing', () => {
    given(observationDecider, [recorded()]).when(correct(bursts)).thenNothing();
  });

  it('told in fields has no text as entered: what was typed belongs to the version before', () => {
    const typed = [recorded({ ...bursts, asEntered: 'bur ~12 b084 d3000-3400 1258 heard' })];
    const event = given(observationDecider, typed).when(correct(fourteen)).thenOne();
    expect(event.disclosed).not.toHaveProperty('asEntered');
    given(observationDecider, typed).when(correct(bursts)).thenNothing();
    expect(
      given(observationDecider, typed)
        .when(correct({ ...fourteen, asEntered: 'bur 14' }))
        .thenOne().disclosed,
    ).toMatchObject({ asEntered: 'bur 14' });
  });

  it('of the narrative alone is a correction too', () => {
    const event = given(observationDecider, [recorded()])
      .when(correct({ ...bursts, narrative: 'Four bursts.' }))
      .thenOne();
    expect(event.disclosed).toMatchObject({ narrative: 'Four bursts.' });
  });

  it('belongs to the originating contingent', () => {
    given(observationDecider, [recorded()])
      .when(correct(fourteen, OFFICERS.ashby))
      .thenRefused('forbidden', 'not_the_originator');
  });

  it('may be done by another operator of the same contingent', () => {
    given(observationDecider, [recorded()]).when(correct(fourteen, OFFICERS.brandt)).thenOne();
  });

  it('does not hand an observation to a unit of the other contingent', () => {
    given(observationDecider, [recorded()])
      .when(correct({ ...fourteen, unit: UNITS.postCedar }))
      .thenRefused('forbidden', 'not_your_unit', 'unit');
  });

  it('of a version that is no longer present is refused', () => {
    const corrected = given(observationDecider, [recorded()]).when(correct(fourteen)).thenOne();
    given(observationDecider, [recorded(), corrected])
      .when(correct({ ...fourteen, confidence: 'low' }))
      .thenRefused('revision_conflict', 'not_the_present_version', 'corrects');
  });

  it('of what was taken back waits for its reinstatement', () => {
    given(observationDecider, [recorded(), retracted])
      .when(correct(fourteen))
      .thenRefused('invalid', 'retracted');
  });

  it('of what does not exist is refused', () => {
    given(observationDecider)
      .when(correct(fourteen))
      .thenRefused('not_found', 'unknown_observation');
  });
});

describe('retracting and reinstating', () => {
  it('leaves the content as it was', () => {
    const { state } = given(observationDecider, [recorded(), retracted]);
    expect(state).toMatchObject({ status: 'retracted', version: 1, content: { kind: 'burst' } });
    const event = given(observationDecider, [recorded(), retracted]).when(reinstate()).thenOne();
    expect(event).toMatchObject({ type: 'observation.reinstated.v1', data: { reinstates: 1 } });
  });

  it('belongs to the originating contingent', () => {
    given(observationDecider, [recorded()])
      .when(retract(OFFICERS.tolland))
      .thenRefused('forbidden', 'not_the_originator');
    given(observationDecider, [recorded(), retracted])
      .when(reinstate(OFFICERS.tolland))
      .thenRefused('forbidden', 'not_the_originator');
  });

  it('of another version than the present one is refused', () => {
    given(observationDecider, [recorded()])
      .when({ ...retract(), body: { retracts: 2, reason: 'duplicate' } })
      .thenRefused('revision_conflict', 'not_the_present_version', 'retracts');
  });
});

describe('every command', () => {
  it('repeated yields nothing new, whatever happened before', () => {
    const commands: fc.Arbitrary<ObservationCommand> = fc.oneof(
      contents.map((body) => record(body)),
      fc
        .record({ body: contents, corrects: fc.integer({ min: 1, max: 4 }) })
        .map(({ body, corrects }) => {
          const asked = correct(body);
          return { ...asked, body: { ...asked.body, corrects } };
        }),
      fc
        .record({
          retracts: fc.integer({ min: 1, max: 4 }),
          reason: fc.constantFrom(...CORRECTION_REASONS),
        })
        .map((body): ObservationCommand => ({ type: 'retract', body, context: context() })),
      fc.integer({ min: 1, max: 4 }).map((reinstates): ObservationCommand => ({
        type: 'reinstate',
        body: { reinstates },
        context: context(),
      })),
    );
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 8 }), commands, (history, command) => {
        const events: ObservationEvent[] = [];
        for (const each of history) events.push(...accepted(events, each));
        const asked = given(observationDecider, events);
        if (accepted(events, command).length > 0) asked.when(command).thenOnlyOnce();
      }),
      { numRuns: 200 },
    );
  });
});

const contents: fc.Arbitrary<ReportContent> = fc
  .record({
    value: fc.integer({ min: 1, max: 3 }),
    means: fc.shuffledSubarray(['heard', 'seen', 'camera'] as const, { minLength: 1 }),
    narrative: fc.constantFrom('One.', 'Two.', undefined),
  })
  .map(({ value, means, narrative }) => {
    const { narrative: _, ...rest } = bursts;
    const count = { value, qualifier: 'exact', unit: 'burst' } as const;
    return { ...rest, count, means, ...(narrative === undefined ? {} : { narrative }) };
  });

/** What a command yields on a history, nothing when it is refused. */
function accepted(history: readonly ObservationEvent[], command: ObservationCommand) {
  const { state } = given(observationDecider, history);
  try {
    return observationDecider.decide(state, command);
  } catch {
    return [];
  }
}

function context(officer?: CastOfficer) {
  return exerciseContext(undefined, officer);
}

function record(body: ReportContent = bursts, officer?: CastOfficer): ObservationCommand {
  return { type: 'record', body, context: context(officer) };
}

function correct(content: ReportContent, officer?: CastOfficer) {
  const body = {
    corrects: 1,
    reason: 'count_refined',
    explanation: 'Counted again.',
    content,
  } as const;
  return { type: 'correct', body, context: context(officer) } as const;
}

function retract(officer?: CastOfficer) {
  const body = { retracts: 1, reason: 'duplicate' } as const;
  return { type: 'retract', body, context: context(officer) } as const;
}

function reinstate(officer?: CastOfficer): ObservationCommand {
  return { type: 'reinstate', body: { reinstates: 1 }, context: context(officer) };
}

function recorded(body: ReportContent = bursts): ObservationEvent {
  const [event] = observationDecider.decide(observationDecider.initialState, record(body));
  if (event === undefined) throw new Error('nothing was recorded');
  return event;
}

const retracted: ObservationEvent = {
  type: 'observation.retracted.v1',
  data: { retracts: 1, reason: 'duplicate' },
};
