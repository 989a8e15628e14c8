import type { Count } from '../measure/count.ts';
import type { CountUnit } from '../measure/count-words.ts';
import type {
  ExplosionClass,
  Kind,
  Means,
  RestrictionKind,
  WeaponCategory,
} from '../observation/vocabulary.ts';
import type { Random } from './random.ts';

/** How often what is reported, by what means, of which weapon, and how many of it. */
type Weights<Key extends string> = Readonly<Partial<Record<Key, number>>>;

export interface KindProfile {
  readonly weight: number;
  readonly means: Weights<Means>;
  readonly weapons?: Weights<WeaponCategory>;
  /** What is counted, and about how many at most; absent, nobody counts it. */
  readonly counted?: readonly [CountUnit, most: number];
}

const SMALL: Weights<WeaponCategory> = {
  small_arms: 60,
  heavy_machine_gun: 25,
  sniper_rifle: 5,
  not_known: 10,
};
const HEAVY: Weights<WeaponCategory> = {
  mortar_le_82: 26,
  mortar_120: 14,
  mortar_gt_120: 2,
  automatic_grenade_launcher: 10,
  rpg_or_recoilless: 10,
  atgm: 3,
  autocannon: 6,
  tank_gun: 5,
  artillery_lt_100: 4,
  artillery_ge_100: 6,
  mlrs_122: 3,
  mlrs_220_300: 1.5,
  tactical_missile: 2,
  anti_aircraft_gun: 3,
  air_delivered: 1.5,
  loitering_munition: 4,
  mine_or_ied: 5,
  not_known: 14,
};
const LISTENERS: Weights<Means> = { heard: 60, acoustic: 12, seen: 20, camera: 8 };
const WATCHERS: Weights<Means> = { seen: 55, camera: 30, uav_imagery: 15 };
const INSPECTORS: Weights<Means> = {
  site_inspection: 55,
  uav_imagery: 25,
  interview: 12,
  document: 8,
};

export const PROFILES: Readonly<Record<Kind, KindProfile>> = {
  burst: { weight: 24, means: LISTENERS, weapons: SMALL, counted: ['burst', 24] },
  shot: { weight: 20, means: LISTENERS, weapons: SMALL, counted: ['shot', 18] },
  burst_or_shot: { weight: 7, means: { heard: 90, acoustic: 10 }, counted: ['burst_or_shot', 30] },
  explosion: { weight: 12, means: LISTENERS, weapons: HEAVY, counted: ['explosion', 9] },
  projectile_in_flight: {
    weight: 2.5,
    means: WATCHERS,
    weapons: HEAVY,
    counted: ['projectile_in_flight', 5],
  },
  muzzle_flash: { weight: 2, means: WATCHERS, weapons: HEAVY, counted: ['muzzle_flash', 6] },
  illumination_flare: { weight: 3, means: WATCHERS, counted: ['illumination_flare', 4] },
  uav: {
    weight: 8,
    means: { seen: 45, heard: 35, camera: 20 },
    weapons: { uav_recon: 70, uav_armed: 15, not_known: 15 },
    counted: ['uav', 2],
  },
  aircraft: { weight: 1, means: { seen: 60, heard: 40 }, counted: ['aircraft', 2] },
  weapon_presence: {
    weight: 3.5,
    means: { uav_imagery: 60, seen: 25, document: 15 },
    weapons: { ...HEAVY, sam: 6, anti_aircraft_gun: 6, tank_gun: 14 },
    counted: ['weapon', 6],
  },
  troop_movement: { weight: 3, means: WATCHERS, counted: ['vehicle', 12] },
  engineering_works: { weight: 3, means: WATCHERS, counted: ['vehicle', 3] },
  crater: { weight: 1.2, means: INSPECTORS, weapons: HEAVY, counted: ['crater', 6] },
  damage: { weight: 1.4, means: INSPECTORS, counted: ['damaged_object', 4] },
  casualty: { weight: 0.4, means: { interview: 50, document: 30, third_party: 20 } },
  uxo_or_mine: {
    weight: 1,
    means: INSPECTORS,
    weapons: { mine_or_ied: 70, not_known: 30 },
    counted: ['munition', 5],
  },
  fire_or_smoke: { weight: 2, means: WATCHERS, counted: ['occurrence', 2] },
  restriction: { weight: 1.4, means: { seen: 80, interview: 20 } },
  signal_interference: { weight: 1.2, means: { uav_imagery: 50, camera: 50 } },
  civilian_movement: { weight: 2, means: WATCHERS, counted: ['person', 60] },
  other: { weight: 0.6, means: { seen: 60, third_party: 40 }, counted: ['occurrence', 1] },
};

export const EXPLOSIONS: Weights<ExplosionClass> = {
  undetermined: 52,
  impact: 22,
  outgoing: 14,
  airburst: 4,
  controlled_detonation: 8,
};

export const RESTRICTIONS: Weights<RestrictionKind> = {
  denied: 25,
  delayed: 35,
  conditional: 12,
  hazard_mines: 10,
  fire_at_unit: 3,
  signal_interference: 5,
  clearance_withheld: 10,
};

/** A count as people give it: small numbers exactly, larger ones about, some only from below. */
export function drawCount([unit, most]: readonly [CountUnit, number], random: Random): Count {
  if (random.chance(0.04)) return { unknown: 'not_known' };
  const value = 1 + Math.floor(random.next() ** 2 * most);
  if (random.chance(0.14)) return { value, qualifier: 'at_least', unit };
  if (value <= 6 && random.chance(0.75)) return { value, qualifier: 'exact', unit };
  const low = Math.max(1, Math.floor(value * 0.8));
  const bounds = random.chance(0.3) ? { low, high: Math.ceil(value * 1.3) } : {};
  return { value, qualifier: 'about', unit, ...bounds };
}
