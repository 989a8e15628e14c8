import type { CountUnit } from '@ceasewatch/domain/measure/count-words';
import type {
  ExplosionClass,
  Kind,
  Means,
  WeaponCategory,
} from '@ceasewatch/domain/observation/vocabulary';

/** The short words of the quick line: two to five letters that nobody begins a narrative with. */
export interface KindCode {
  readonly code: string;
  readonly kind: Kind;
  /** What the kind is counted in unless told otherwise. */
  readonly unit: CountUnit;
  /** What the code says beside the kind: `saf` is fire of small arms. */
  readonly weapon?: WeaponCategory;
}

/** Every kind has a code, in the order in which the form offers them. */
export const KIND_CODES: readonly KindCode[] = [
  { code: 'saf', kind: 'burst_or_shot', unit: 'burst_or_shot', weapon: 'small_arms' },
  { code: 'bur', kind: 'burst', unit: 'burst' },
  { code: 'shot', kind: 'shot', unit: 'shot' },
  { code: 'exp', kind: 'explosion', unit: 'explosion' },
  { code: 'pif', kind: 'projectile_in_flight', unit: 'projectile_in_flight' },
  { code: 'mf', kind: 'muzzle_flash', unit: 'muzzle_flash' },
  { code: 'ill', kind: 'illumination_flare', unit: 'illumination_flare' },
  { code: 'uav', kind: 'uav', unit: 'uav' },
  { code: 'air', kind: 'aircraft', unit: 'aircraft' },
  { code: 'wpn', kind: 'weapon_presence', unit: 'weapon' },
  { code: 'trp', kind: 'troop_movement', unit: 'person' },
  { code: 'civ', kind: 'civilian_movement', unit: 'person' },
  { code: 'eng', kind: 'engineering_works', unit: 'vehicle' },
  { code: 'crt', kind: 'crater', unit: 'crater' },
  { code: 'dmg', kind: 'damage', unit: 'damaged_object' },
  { code: 'cas', kind: 'casualty', unit: 'person' },
  { code: 'uxo', kind: 'uxo_or_mine', unit: 'munition' },
  { code: 'fire', kind: 'fire_or_smoke', unit: 'occurrence' },
  { code: 'res', kind: 'restriction', unit: 'occurrence' },
  { code: 'jam', kind: 'signal_interference', unit: 'occurrence' },
  { code: 'oth', kind: 'other', unit: 'occurrence' },
];

/** An explosion's class and a weapon begin with x and w, so that no narrative begins with them by chance. */
export const EXPLOSION_CODES: Readonly<Record<string, ExplosionClass>> = {
  xout: 'outgoing',
  ximp: 'impact',
  xair: 'airburst',
  xund: 'undetermined',
  xctl: 'controlled_detonation',
};

export const WEAPON_CODES: Readonly<Record<string, WeaponCategory>> = {
  wsa: 'small_arms',
  whmg: 'heavy_machine_gun',
  wagl: 'automatic_grenade_launcher',
  wrpg: 'rpg_or_recoilless',
  watgm: 'atgm',
  wcan: 'autocannon',
  wm82: 'mortar_le_82',
  wm120: 'mortar_120',
  wtank: 'tank_gun',
  wart: 'artillery_ge_100',
  wgrad: 'mlrs_122',
  waag: 'anti_aircraft_gun',
  wsam: 'sam',
  wsnp: 'sniper_rifle',
};

export const MEANS_CODES: Readonly<Record<string, Means>> = {
  heard: 'heard',
  seen: 'seen',
  cam: 'camera',
  uavi: 'uav_imagery',
  acou: 'acoustic',
  site: 'site_inspection',
  intv: 'interview',
  doc: 'document',
  told: 'third_party',
};

export function codeOfKind(kind: Kind): KindCode | undefined {
  return KIND_CODES.find((each) => each.kind === kind);
}
