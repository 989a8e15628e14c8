import { formatInstant, HOUR_MS, MINUTE_MS } from '../measure/instant.ts';
import type { WhenEntry } from '../measure/when.ts';
import type { ReportContent } from '../observation/observation.report.ts';
import { BEATS } from './beats.ts';
import { acting, AREAS, type CastOfficer, OFFICERS, UNITS } from './cast.ts';
import { EXERCISE_ZONE } from './exercise-centre.ts';
import { seededId } from './random.ts';
import { liveFireSteps } from './story-live-fire.ts';
import { minuteOf, on, recorded } from './story-moment.ts';
import type { Story, StoryStep } from './story.ts';

/**
 * The moments of the last days that the guided strip points at (beats.ts): each shows one honest
 * trouble of monitoring and how the record keeps it. They stand at fixed places of the story, so that
 * they are there whenever the exercise was started.
 */
export function beatSteps(story: Story): readonly StoryStep[] {
  return [
    ...exchangeSteps(story),
    ...timeSteps(story),
    ...milsSteps(story),
    ...countSteps(story),
    ...placeSteps(story),
    ...sightingSteps(story),
    ...accessSteps(story),
    ...liveFireSteps(story),
  ];
}

const EXCHANGE = { day: 96, hour: 21, minute: 14 } as const;

function exchangeSteps(story: Story): StoryStep[] {
  const { day, hour, minute } = EXCHANGE;
  const began = on(story, day, hour, minute);
  const period: WhenEntry = {
    from: formatInstant(began - 4 * MINUTE_MS),
    to: formatInstant(began + 16 * MINUTE_MS),
    precision: 'period',
    zone: 'Europe/Moscow',
    clock: 'not_known',
  };
  return [
    recorded(BEATS.exchangeAlfa, began + 5 * MINUTE_MS, OFFICERS.tolland, {
      kind: 'burst',
      count: { value: 20, qualifier: 'about', unit: 'burst' },
      means: ['heard'],
      when: minuteOf(began),
      where: {
        form: 'relative',
        unit: UNITS.postCedar,
        bearing: { value: 3186, unit: 'mil6400', north: 'true' },
        range: { min: 10_400, max: 11_800 },
      },
      unit: UNITS.postCedar,
      confidence: 'moderate',
      via: 'form',
      narrative: 'Exchange of fire to the south, two directions, about twenty bursts.',
    }),
    recorded(BEATS.exchangeBravo, began + 8 * MINUTE_MS, OFFICERS.ferrow, {
      kind: 'burst',
      count: { value: 15, qualifier: 'at_least', unit: 'burst' },
      means: ['heard', 'seen'],
      when: minuteOf(began + MINUTE_MS),
      where: {
        form: 'relative',
        unit: UNITS.postDogwood,
        bearing: { value: 36_000, unit: 'mdeg', north: 'true' },
        range: { min: 6900, max: 7800 },
      },
      unit: UNITS.postDogwood,
      weapon: { category: 'heavy_machine_gun', confidence: 'moderate' },
      confidence: 'moderate',
      via: 'form',
      narrative: 'At least fifteen bursts, tracer seen, fire answered from the other side.',
    }),
    recorded(BEATS.sevenHoursLate, on(story, day + 1, 4, 22), OFFICERS.quist, {
      kind: 'burst',
      count: { unknown: 'not_known' },
      means: ['heard'],
      when: period,
      where: { form: 'area', area: AREAS.dogwood },
      unit: UNITS.patrolBravo,
      confidence: 'low',
      via: 'radio',
      narrative:
        'Patrol back from the field: heard firing around nine in the evening, did not count.',
    }),
  ];
}

function timeSteps(story: Story): StoryStep[] {
  const entered = on(story, 96, 13, 58);
  const at = entered + 67 * MINUTE_MS;
  const body: ReportContent = {
    kind: 'explosion',
    count: { value: 2, qualifier: 'exact', unit: 'explosion' },
    means: ['heard'],
    when: minuteOf(entered),
    where: {
      form: 'relative',
      unit: UNITS.postFir,
      bearing: { value: 1217, unit: 'mil6000', north: 'grid', convergenceMdeg: 1_470 },
      range: { min: 3800, max: 4400 },
    },
    unit: UNITS.postFir,
    explosion: 'undetermined',
    confidence: 'moderate',
    via: 'form',
    asEntered: 'exp 2 m1217g d4.1k 1358 heard',
    narrative: 'Two blasts, no smoke.',
  };
  const when = minuteOf(entered + HOUR_MS, 'Europe/Moscow');
  const explanation = '13:58 was Moscow time, not local time.';
  const correction = { reason: 'time_base', explanation, content: { ...body, when } } as const;
  return [
    recorded(BEATS.timeCorrected, at, OFFICERS.brandt, body),
    corrected(story, BEATS.timeCorrected, at + 24 * MINUTE_MS, OFFICERS.brandt, correction),
  ];
}

function milsSteps(story: Story): StoryStep[] {
  const seen = on(story, 95, 17, 31);
  const at = seen + 3 * MINUTE_MS;
  const where = (unit: 'mil6400' | 'mil6000') =>
    ({
      form: 'relative',
      unit: UNITS.postDogwood,
      bearing: { value: 1400, unit, north: 'true' },
      range: { min: 3000, max: 3400 },
    }) as const;
  const body: ReportContent = {
    kind: 'muzzle_flash',
    count: { value: 4, qualifier: 'exact', unit: 'muzzle_flash' },
    means: ['seen'],
    when: minuteOf(seen),
    where: where('mil6400'),
    unit: UNITS.postDogwood,
    confidence: 'high',
    via: 'form',
    asEntered: 'flash 4 b1400 d3.2k 1731 seen',
  };
  const correction = {
    reason: 'transcription',
    explanation: 'The compass of the post is divided into 6000; 1400 is 84 degrees.',
    content: { ...body, where: where('mil6000') },
  } as const;
  return [
    recorded(BEATS.milsCorrected, at, OFFICERS.ferrow, body),
    corrected(story, BEATS.milsCorrected, at + 11 * MINUTE_MS, OFFICERS.ferrow, correction),
  ];
}

function countSteps(story: Story): StoryStep[] {
  const first = on(story, 96, 18, 5);
  const second = on(story, 96, 18, 41);
  const body = (value: number, qualifier: 'at_least' | 'about', ms: number): ReportContent => ({
    kind: 'shot',
    count: { value, qualifier, unit: 'shot' },
    means: ['heard'],
    when: minuteOf(ms),
    where: {
      form: 'relative',
      unit: UNITS.postAlder,
      bearing: { value: 2840, unit: 'mil6400', north: 'magnetic', declinationMdeg: 6_500 },
      range: { min: 2400, max: 3000 },
    },
    unit: UNITS.postAlder,
    confidence: 'moderate',
    via: 'form',
  });
  return [
    recorded(BEATS.atLeastThree, first + 4 * MINUTE_MS, OFFICERS.ashby, body(3, 'at_least', first)),
    recorded(BEATS.aboutTwelve, second + 6 * MINUTE_MS, OFFICERS.ashby, body(12, 'about', second)),
  ];
}

function placeSteps(story: Story): StoryStep[] {
  const heard = on(story, 95, 20, 33);
  const outFrom = formatInstant(on(story, OUTAGE.day, 23, 40));
  const outTo = formatInstant(on(story, OUTAGE.day + 1, 5, 10));
  return [
    recorded(BEATS.stretchOfLine, heard + 9 * MINUTE_MS, OFFICERS.brandt, {
      kind: 'burst_or_shot',
      count: { value: 8, qualifier: 'about', unit: 'burst_or_shot' },
      means: ['heard'],
      when: minuteOf(heard),
      where: { form: 'line', line: AREAS.line, fromM: 118_000, toM: 122_000 },
      unit: UNITS.postFir,
      confidence: 'low',
      via: 'telephone',
      narrative: 'Somewhere between kilometre 118 and 122 of the line, direction not clear.',
    }),
    recorded(BEATS.cameraOutage, on(story, OUTAGE.day + 1, 5, 31), OFFICERS.landry, {
      kind: 'other',
      count: { value: 1, qualifier: 'exact', unit: 'occurrence' },
      means: ['camera'],
      when: { from: outFrom, to: outTo, precision: 'period', zone: EXERCISE_ZONE, clock: 'sensor' },
      where: { form: 'point', lat: 39.7489, lon: 47.0524, errorM: 5 },
      unit: UNITS.cameraElm,
      confidence: 'high',
      via: 'form',
      narrative:
        'Camera Elm without picture from 23:40 to 05:10, power failure. Nothing was watched.',
    }),
  ];
}

/** The night in which Camera Elm was out and Camera Birch saw nothing: both are silent. */
const OUTAGE = { day: 96 } as const;

export function isSilentNight(story: Story, unit: string, ms: number): boolean {
  if (unit !== UNITS.cameraElm && unit !== UNITS.cameraBirch) return false;
  return ms >= on(story, OUTAGE.day, 22, 0) && ms < on(story, OUTAGE.day + 1, 6, 0);
}

function sightingSteps(story: Story): StoryStep[] {
  const seen = on(story, 94, 10, 12);
  const at = seen + 18 * MINUTE_MS;
  const id = BEATS.reinstated;
  const later = (key: string, ms: number) => ({
    at: ms,
    id: seededId(ms, `${story.seed}/beat/${key}`),
    actor: acting(OFFICERS.landry),
    observation: id,
  });
  return [
    recorded(id, at, OFFICERS.landry, {
      kind: 'weapon_presence',
      count: { value: 2, qualifier: 'exact', unit: 'weapon' },
      means: ['uav_imagery'],
      when: minuteOf(seen),
      where: { form: 'mgrs', mgrs: '38T PK 6621 3406' },
      unit: UNITS.uavAlfa,
      weapon: { category: 'mortar_120', calibreUm: 120_000, confidence: 'moderate' },
      confidence: 'moderate',
      via: 'form',
      narrative: 'Two tubes under a net beside the field road.',
    }),
    {
      type: 'retract',
      ...later('retract', at + 3 * HOUR_MS),
      body: {
        retracts: 1,
        reason: 'misidentification',
        explanation: 'Taken for irrigation pipes.',
      },
    },
    {
      type: 'reinstate',
      ...later('reinstate', at + 26 * HOUR_MS),
      body: { reinstates: 1, explanation: 'A second flight shows base plates: it stands.' },
    },
  ];
}

function accessSteps(story: Story): StoryStep[] {
  const stopped = on(story, 97, 11, 20);
  const told = on(story, 94, 16, 5);
  return [
    recorded(BEATS.restriction, stopped + 65 * MINUTE_MS, OFFICERS.tolland, {
      kind: 'restriction',
      means: ['seen'],
      when: minuteOf(stopped),
      where: { form: 'point', lat: 40.2674, lon: 47.0102, errorM: 50 },
      unit: UNITS.patrolAlfa,
      restriction: { kind: 'delayed' },
      confidence: 'high',
      via: 'radio',
      narrative: 'Held at the barrier before Stonebridge for 50 minutes, then let through.',
    }),
    recorded(BEATS.casualty, told + 100 * MINUTE_MS, OFFICERS.quist, {
      kind: 'casualty',
      means: ['interview'],
      when: { ...minuteOf(told), precision: 'hour', clock: 'not_known' },
      where: { form: 'area', name: 'Oxbow', near: { lat: 39.978, lon: 47.008, errorM: 1500 } },
      unit: UNITS.liaisonBravo,
      casualties: [
        {
          outcome: 'injured',
          person: 'civilian',
          count: { value: 1, qualifier: 'exact', unit: 'person' },
        },
      ],
      confidence: 'moderate',
      via: 'telephone',
      narrative:
        'A farmer was hurt by something in the ground; treated in hospital. Cause not known.',
    }),
  ];
}

type CorrectStep = Extract<StoryStep, { type: 'correct' }>;

function corrected(
  story: Story,
  observation: string,
  at: number,
  officer: CastOfficer,
  body: Omit<CorrectStep['body'], 'corrects'>,
): CorrectStep {
  const id = seededId(at, `${story.seed}/beat/${observation}`);
  const actor = acting(officer);
  return { type: 'correct', at, id, actor, observation, body: { corrects: 1, ...body } };
}
