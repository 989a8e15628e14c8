import type { Actor } from '../recorded-event.ts';

/**
 * Everybody and everything of the exercise that has a name: two contingents, their officers, units
 * and areas. All of it is invented. The ids are the ones that event-format.md and the examples use,
 * so a body from the documents is accepted by the exercise as it stands.
 */
export const ALFA = 'alfa';
export const BRAVO = 'bravo';

/** Ids of the cast differ in their last digits only, so that they are recognised in a log. */
function cast(ending: string): string {
  return `019aa9c0-0000-7000-8000-${ending.padStart(12, '0')}`;
}

export const UNITS = {
  postAlder: cast('a1'),
  postCedar: cast('a2'),
  cameraElm: cast('a3'),
  uavAlfa: cast('a4'),
  patrolAlfa: cast('a5'),
  sensorFir: cast('a6'),
  postDogwood: cast('b7'),
  postFir: cast('b2'),
  cameraBirch: cast('b3'),
  uavBravo: cast('b4'),
  patrolBravo: cast('b5'),
  liaisonBravo: cast('b6'),
  otherSources: cast('e1'),
} as const;

export const AREAS = {
  alder: cast('c1'),
  birch: cast('c3'),
  cedar: cast('c4'),
  dogwood: cast('c2'),
  elm: cast('c5'),
  fir: cast('c6'),
  line: cast('ca'),
  school: cast('cb'),
  firstRange: cast('cd'),
  range: cast('ce'),
} as const;

export interface CastOfficer {
  readonly officer: string;
  readonly contingent: string;
  readonly role: 'operator' | 'analyst' | 'auditor' | 'administrator';
  readonly name: string;
  readonly unit?: string;
}

/** The first one acts when nobody was chosen. */
export const OFFICERS = {
  ferrow: officer('d4', BRAVO, 'operator', 'Lt Nadia Ferrow', UNITS.postDogwood),
  brandt: officer('d5', BRAVO, 'operator', 'Capt Tomas Brandt', UNITS.postFir),
  quist: officer('d6', BRAVO, 'operator', 'Sgt Leila Quist', UNITS.uavBravo),
  ashby: officer('d1', ALFA, 'operator', 'Capt Rowan Ashby', UNITS.postAlder),
  tolland: officer('d2', ALFA, 'operator', 'Lt Mira Tolland', UNITS.postCedar),
  landry: officer('d3', ALFA, 'operator', 'Sgt Piet Landry', UNITS.uavAlfa),
  hale: officer('d7', ALFA, 'analyst', 'Maj Corin Hale'),
  sorell: officer('d8', BRAVO, 'analyst', 'Maj Edda Sorell'),
  wren: officer('d9', ALFA, 'auditor', 'Col Jonas Wren'),
  maro: officer('da', BRAVO, 'auditor', 'Col Vesna Maro'),
  pell: officer('db', ALFA, 'administrator', 'Maj Ilse Pell'),
  dorne: officer('dc', BRAVO, 'administrator', 'Maj Otto Dorne'),
} as const;

/** How an officer of the cast acts. */
export function acting({ officer: id, contingent, role }: CastOfficer): Actor {
  return { role, authn: 'chosen', officer: id, contingent };
}

function officer(
  ending: string,
  contingent: string,
  role: CastOfficer['role'],
  name: string,
  unit?: string,
): CastOfficer {
  const known = { officer: cast(ending), contingent, role, name };
  return unit === undefined ? known : { ...known, unit };
}
