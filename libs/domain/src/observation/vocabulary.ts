/**
 * The closed lists an observation is told in (docs/event-format.md).
 *
 * Each word lies in the log for ever. A list may grow at its end; a word is never renamed, removed
 * or given another meaning. The order is stored in packed columns, so it does not change either.
 */
export const KINDS = [
  'explosion',
  'projectile_in_flight',
  'muzzle_flash',
  'illumination_flare',
  'burst',
  'shot',
  'burst_or_shot',
  'uav',
  'aircraft',
  'weapon_presence',
  'troop_movement',
  'engineering_works',
  'crater',
  'damage',
  'casualty',
  'uxo_or_mine',
  'fire_or_smoke',
  'restriction',
  'signal_interference',
  'civilian_movement',
  'other',
] as const;
export type Kind = (typeof KINDS)[number];

/** What was heard or seen of fire. Whether any of it violates something is for an assessment to say. */
export const FIRE_ITEMS = [
  'explosion',
  'projectile_in_flight',
  'muzzle_flash',
  'illumination_flare',
  'burst',
  'shot',
  'burst_or_shot',
] as const satisfies readonly Kind[];

export function isFireItem(kind: Kind): boolean {
  return (FIRE_ITEMS as readonly Kind[]).includes(kind);
}

export const EXPLOSION_CLASSES = [
  'undetermined',
  'outgoing',
  'impact',
  'airburst',
  'controlled_detonation',
] as const;
export type ExplosionClass = (typeof EXPLOSION_CLASSES)[number];

export const MEANS = [
  'heard',
  'seen',
  'camera',
  'uav_imagery',
  'acoustic',
  'site_inspection',
  'interview',
  'document',
  'third_party',
] as const;
export type Means = (typeof MEANS)[number];

export const WEAPON_CATEGORIES = [
  'small_arms',
  'heavy_machine_gun',
  'automatic_grenade_launcher',
  'rpg_or_recoilless',
  'atgm',
  'autocannon',
  'mortar_le_82',
  'mortar_120',
  'mortar_gt_120',
  'tank_gun',
  'artillery_lt_100',
  'artillery_ge_100',
  'mlrs_122',
  'mlrs_220_300',
  'tactical_missile',
  'anti_aircraft_gun',
  'sam',
  'uav_armed',
  'loitering_munition',
  'uav_recon',
  'air_delivered',
  'mine_or_ied',
  'sniper_rifle',
  'not_known',
] as const;
export type WeaponCategory = (typeof WEAPON_CATEGORIES)[number];

/** Weapons that withdrawal regimes speak of: direct or indirect fire of 20 mm and more, and rockets. */
export const HEAVY_WEAPONS: ReadonlySet<WeaponCategory> = new Set([
  'atgm',
  'autocannon',
  'mortar_le_82',
  'mortar_120',
  'mortar_gt_120',
  'tank_gun',
  'artillery_lt_100',
  'artillery_ge_100',
  'mlrs_122',
  'mlrs_220_300',
  'tactical_missile',
  'anti_aircraft_gun',
  'sam',
  'air_delivered',
]);

export const RESTRICTION_KINDS = [
  'denied',
  'delayed',
  'conditional',
  'hazard_mines',
  'fire_at_unit',
  'signal_interference',
  'clearance_withheld',
] as const;
export type RestrictionKind = (typeof RESTRICTION_KINDS)[number];

export const CONFIDENCES = ['low', 'moderate', 'high'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

export const VIAS = ['form', 'radio', 'telephone', 'sensor', 'import'] as const;
export type Via = (typeof VIAS)[number];

export const ORIGINS = ['unit', 'external'] as const;
export type Origin = (typeof ORIGINS)[number];

export const CORRECTION_REASONS = [
  'transcription',
  'time_base',
  'location_refined',
  'count_refined',
  'reclassified',
  'duplicate',
  'misidentification',
  'sensor_fault',
  'translation',
  'privacy',
  'source_revised',
] as const;
export type CorrectionReason = (typeof CORRECTION_REASONS)[number];

/** How kinds are drawn: colour, glyph, row of the legend. A view of the kinds, nothing that is stored. */
export const DISPLAY_GROUPS = [
  'small_arms',
  'heavy_weapons',
  'blast',
  'air',
  'movement',
  'engineering',
  'restriction',
  'other',
] as const;
export type DisplayGroup = (typeof DISPLAY_GROUPS)[number];

const GROUP_OF_KIND: Readonly<Record<Kind, DisplayGroup>> = {
  explosion: 'blast',
  projectile_in_flight: 'heavy_weapons',
  muzzle_flash: 'heavy_weapons',
  illumination_flare: 'other',
  burst: 'small_arms',
  shot: 'small_arms',
  burst_or_shot: 'small_arms',
  uav: 'air',
  aircraft: 'air',
  weapon_presence: 'heavy_weapons',
  troop_movement: 'movement',
  engineering_works: 'engineering',
  crater: 'blast',
  damage: 'blast',
  casualty: 'other',
  uxo_or_mine: 'other',
  fire_or_smoke: 'other',
  restriction: 'restriction',
  signal_interference: 'restriction',
  civilian_movement: 'movement',
  other: 'other',
};

/**
 * The published mapping of kinds to display groups: a fire item of a heavy weapon is drawn as heavy
 * weapons whatever its kind, everything else by its kind alone.
 */
export function displayGroup(kind: Kind, weapon: WeaponCategory | undefined): DisplayGroup {
  if (isFireItem(kind) && weapon !== undefined && HEAVY_WEAPONS.has(weapon)) return 'heavy_weapons';
  return GROUP_OF_KIND[kind];
}
