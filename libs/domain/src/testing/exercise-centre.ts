import type { CentreFile } from '../centre/centre-file.ts';
import { DAY_MS, formatInstant } from '../measure/instant.ts';
import { ALFA, AREAS, BRAVO, OFFICERS, UNITS } from './cast.ts';

/**
 * The exercise's centre: 60 observers of Alfa and 60 of Bravo along an invented line between
 * Northland and Southland, in which no place is real. It lies across 40° N, where the bands of the
 * grid change in the middle of the area, because that is where reports go wrong.
 */
export const EXERCISE_ZONE = 'Asia/Baku';

/** The line from north to south, [longitude, latitude] in 1e-6 degrees. */
export const LINE: readonly (readonly [number, number])[] = [
  [46_780_000, 40_590_000],
  [46_870_000, 40_460_000],
  [46_930_000, 40_340_000],
  [46_985_000, 40_200_000],
  [46_960_000, 40_080_000],
  [46_945_000, 39_970_000],
  [47_010_000, 39_850_000],
  [47_090_000, 39_730_000],
  [47_180_000, 39_620_000],
  [47_290_000, 39_510_000],
  [47_350_000, 39_415_000],
];

/** Sectors from north to south: where each ends in the south, and where the line is there. */
const EDGES: readonly (readonly [number, number])[] = [
  [40_600_000, 46_775_000],
  [40_430_000, 46_885_000],
  [40_230_000, 46_975_000],
  [40_060_000, 46_957_000],
  [39_860_000, 47_005_000],
  [39_650_000, 47_155_000],
  [39_405_000, 47_355_000],
];
const HALF_WIDTH = 240_000;

/**
 * The Juniper ceasefire came into force on this day, whenever an exercise is opened. A report may not
 * speak of a time before it, so one that is written down today (docs/examples) must not be refused
 * because the exercise was opened later.
 */
const JUNIPER_MS = Date.UTC(2026, 7, 15, 20);

/** The centre file of an exercise that begins at `startMs`: the ceasefire may be older than the centre. */
export function exerciseCentre(startMs: number): CentreFile {
  const inForceMs = Math.min(startMs, JUNIPER_MS);
  const from = formatInstant(inForceMs);
  return {
    layout: 'ceasewatch-centre-1',
    name: { en: 'Joint Ceasefire Monitoring Centre (exercise)' },
    zone: EXERCISE_ZONE,
    missionArea: [46_200_000, 39_400_000, 47_600_000, 40_600_000],
    declinationMdeg: 6_500,
    cutOff: '19:30',
    places: PLACES,
    sources: [{ title: 'Exercise directive JUNIPER: everything in this log is invented' }],
    contingents: [
      contingent(ALFA, 'Alfa', 'square', inForceMs),
      contingent(BRAVO, 'Bravo', 'circle', inForceMs),
    ],
    units: units(from),
    areas: [...sectors(from), ...otherAreas(from)],
    officers: Object.values(OFFICERS).map(({ name, ...officer }) => ({ ...officer, name })),
    ceasefire: {
      name: { en: 'Juniper ceasefire (exercise)' },
      parties: [
        { party: 'northland', name: { en: 'Northland' }, roles: ['signatory', 'party'] },
        { party: 'southland', name: { en: 'Southland' }, roles: ['signatory', 'party'] },
      ],
      inForceAt: from,
      zone: EXERCISE_ZONE,
      sources: [{ title: 'Juniper protocol, annex 1 (exercise)' }],
    },
  };
}

type Contingent = CentreFile['contingents'][number];

function contingent(
  code: string,
  name: string,
  sign: Contingent['sign'],
  startMs: number,
): Contingent {
  const persons = (value: number) => ({ value, qualifier: 'exact', unit: 'person' }) as const;
  const source = { title: 'Exercise directive JUNIPER, annex B' };
  const from = formatInstant(startMs);
  const counted = formatInstant(startMs + 2 * DAY_MS);
  return {
    contingent: code,
    name: { en: name },
    sign,
    strength: [
      { stage: 'announced', count: persons(60), expandable: true, asOf: from, source },
      { stage: 'authorised', count: persons(60), expandable: true, asOf: from, source },
      { stage: 'deployed', count: persons(60), asOf: counted, source },
    ],
  };
}

function units(from: string): CentreFile['units'] {
  const at = (lat: number, lon: number, errorM = 10) => ({ lat, lon, errorM });
  const alfa = { contingent: ALFA, from };
  const bravo = { contingent: BRAVO, from };
  const { postAlder, postCedar, cameraElm, uavAlfa, patrolAlfa, sensorFir } = UNITS;
  const { postDogwood, postFir, cameraBirch, uavBravo, patrolBravo, liaisonBravo } = UNITS;
  return [
    {
      unit: postAlder,
      kind: 'post',
      name: 'Post Alder',
      position: at(40_512_300, 46_792_600),
      ...alfa,
    },
    {
      unit: postCedar,
      kind: 'post',
      name: 'Post Cedar',
      position: at(40_141_800, 46_938_200),
      ...alfa,
    },
    {
      unit: cameraElm,
      kind: 'camera',
      name: 'Camera Elm',
      position: at(39_748_900, 47_052_400, 5),
      ...alfa,
    },
    {
      unit: uavAlfa,
      kind: 'uav',
      name: 'UAV desk Alfa',
      position: at(40_021_000, 46_884_000, 50),
      ...alfa,
    },
    {
      unit: patrolAlfa,
      kind: 'patrol',
      name: 'Patrol Alfa 1',
      position: at(40_298_000, 46_902_000, 200),
      ...alfa,
    },
    {
      unit: sensorFir,
      kind: 'acoustic_sensor',
      name: 'Sensor Fir',
      position: at(39_551_400, 47_214_700, 5),
      ...alfa,
    },
    {
      unit: postDogwood,
      kind: 'post',
      name: 'Post Dogwood',
      position: at(39_988_234, 46_889_855),
      ...bravo,
    },
    {
      unit: postFir,
      kind: 'post',
      name: 'Post Fir',
      position: at(39_486_200, 47_283_500),
      ...bravo,
    },
    {
      unit: cameraBirch,
      kind: 'camera',
      name: 'Camera Birch',
      position: at(40_322_700, 46_968_100, 5),
      ...bravo,
    },
    {
      unit: uavBravo,
      kind: 'uav',
      name: 'UAV desk Bravo',
      position: at(40_021_400, 46_886_000, 50),
      ...bravo,
    },
    {
      unit: patrolBravo,
      kind: 'patrol',
      name: 'Patrol Bravo 1',
      position: at(39_824_000, 47_046_000, 200),
      ...bravo,
    },
    {
      unit: liaisonBravo,
      kind: 'liaison',
      name: 'Liaison Bravo',
      position: at(39_902_000, 46_934_000, 50),
      ...bravo,
    },
    { unit: UNITS.otherSources, kind: 'external_source', name: 'Other sources', from },
  ];
}

function sectors(from: string): CentreFile['areas'] {
  const named = [
    [AREAS.alder, 'Sector 1 Alder'],
    [AREAS.birch, 'Sector 2 Birch'],
    [AREAS.cedar, 'Sector 3 Cedar'],
    [AREAS.dogwood, 'Sector 4 Dogwood'],
    [AREAS.elm, 'Sector 5 Elm'],
    [AREAS.fir, 'Sector 6 Fir'],
  ] as const;
  return named.map(([area, name], index) => {
    const [north, northLon] = EDGES[index] ?? [0, 0];
    const [south, southLon] = EDGES[index + 1] ?? [0, 0];
    const vertices: [number, number][] = [
      [northLon - HALF_WIDTH, north],
      [southLon - HALF_WIDTH, south],
      [southLon + HALF_WIDTH, south],
      [northLon + HALF_WIDTH, north],
      [northLon - HALF_WIDTH, north],
    ];
    return { area, kind: 'sector', name: { en: name }, shape: 'polygon', vertices, from };
  });
}

function otherAreas(from: string): CentreFile['areas'] {
  const line = LINE.map(([lon, lat]): [number, number] => [lon, lat]);
  const name = { en: 'Juniper line' };
  return [
    { area: AREAS.line, kind: 'line', name, shape: 'line', vertices: line, from },
    {
      area: AREAS.school,
      kind: 'protected',
      name: { en: 'Larkmead school' },
      shape: 'polygon',
      vertices: box(46_905_000, 40_106_000, 10_000),
      from,
    },
  ];
}

/** A square around a place, corners anticlockwise from the south-west. */
export function box(lon: number, lat: number, half: number): [number, number][] {
  return [
    [lon - half, lat - half],
    [lon + half, lat - half],
    [lon + half, lat + half],
    [lon - half, lat + half],
    [lon - half, lat - half],
  ];
}

const PLACES: CentreFile['places'] = [
  place('Highcairn', ['Höhsteen'], 40_534_000, 46_846_000),
  place('Millford', ['Mühlfurt', 'Milfurd'], 40_389_000, 46_842_000),
  place('Stonebridge', ['Stenbro'], 40_268_000, 47_014_000),
  place('Larkmead', ['Lärkmad', 'Larkmeadow'], 40_106_000, 46_905_000),
  place('Oxbow', ['Altarm'], 39_978_000, 47_008_000),
  place('Redquarry', ['Rødbrud', 'Red Quarry'], 39_872_000, 46_986_000),
  place('Saltmarsh', ['Tuzlağ', 'Solonchak'], 39_701_000, 47_168_000),
  place('Eastwell', ['Iğdepınar', 'Igdepinar'], 39_593_000, 47_247_000),
  place('Southgate', ['Sørport'], 39_441_000, 47_308_000),
];

function place(
  name: string,
  aliases: string[],
  lat: number,
  lon: number,
): CentreFile['places'][number] {
  return { name: { en: name }, aliases, lat, lon };
}
