/**
 * Every reason to say no and everything unusual, with the figures that belong to it. Here are codes
 * alone: the api has the English of its answers (`in-english.ts`), the screens have their catalogue, and
 * a test of each walks this list. A code never changes its meaning; the name of a figure says its unit.
 */

/** What each named figure is, wherever it stands; screens and the api format it by this. */
export const PARAMETERS = {
  rangeM: 'metres',
  distanceM: 'metres',
  mostM: 'metres',
  lengthM: 'metres',
  ageMs: 'milliseconds',
  aheadMs: 'milliseconds',
  offByMs: 'milliseconds',
  inForceAt: 'instant',
  openedAt: 'instant',
  closedAt: 'instant',
  endedAt: 'instant',
  count: 'number',
  most: 'number',
  least: 'number',
  step: 'number',
  /** A version of an observation. */
  present: 'number',
  looked: 'number',
  kind: 'kind',
  unitOfCount: 'unit_of_count',
  role: 'role',
  /** One of few words, by which a sentence chooses. */
  side: 'choice',
  about: 'choice',
  origin: 'choice',
  /** Quoted as it is. */
  gridZone: 'text',
  square: 'text',
  letter: 'text',
  name: 'text',
  expected: 'text',
  /** What a library or the api itself says, in English. */
  said: 'text',
} as const;
export type ParameterName = keyof typeof PARAMETERS;

/** Code → names of its figures. */
export type CodeTable = Readonly<Record<string, readonly ParameterName[]>>;

/** What stops nothing but wants a second look. */
export const WARNINGS = {
  old: ['ageMs'],
  in_the_future: ['aheadMs'],
  offset_not_known: [],
  /** `side`: the device's clock is `ahead` or `behind`. */
  device_clock_off: ['offByMs', 'side'],
  null_island: [],
  axes_swapped: [],
  unit_not_open: [],
  unusual_unit: ['kind', 'unitOfCount'],
  many: ['count', 'most'],
  far: ['rangeM', 'mostM'],
  no_distance: [],
  outside_mission_area: [],
  far_from_unit: ['distanceM', 'mostM'],
  /** `about`: the field that belongs to another kind, `explosion` or `restriction`. */
  unusual_field: ['kind', 'about'],
  /** `about`: the field that this kind wants, `restriction` or `casualties`. */
  not_told: ['about'],
} as const satisfies CodeTable;
export type WarningCode = keyof typeof WARNINGS;

/** The shape of a report, found by its schema. */
const OF_SHAPE = {
  invalid_type: ['expected'],
  invalid_value: ['expected'],
  invalid_format: ['expected'],
  invalid_union: [],
  invalid_key: [],
  invalid_element: [],
  unknown_field: [],
  too_big: ['most'],
  too_small: ['least'],
  not_multiple_of: ['step'],
  too_many_bytes: ['most'],
  /** A check of a parameter that is the api's own. */
  not_valid: ['said'],
  not_an_id: [],
  not_utc: [],
  not_a_name: [],
  not_above_low: [],
  not_below_high: [],
  max_below_min: [],
  bearing_or_sector: [],
  line_or_name: [],
  area_or_name: [],
  near_not_needed: [],
  half_a_stretch: [],
  to_below_from: [],
  beyond_its_circle: [],
  empty_arc: [],
} as const satisfies CodeTable;

/** Times, places, angles. */
const OF_MEASURES = {
  not_an_instant: [],
  year_out_of_range: [],
  before_the_ceasefire: ['inForceAt'],
  in_the_future: ['aheadMs'],
  unknown_zone: [],
  period_without_end: [],
  ends_before_it_begins: [],
  not_a_date_time_group: [],
  letter_tells_no_zone: ['letter'],
  not_a_clock_time: [],
  not_a_bearing: [],
  beyond_the_circle: ['most'],
  not_a_compass_word: [],
  not_a_delay: [],
  not_a_temperature: [],
  not_a_position: [],
  not_a_grid_reference: [],
  grid_square_missing: [],
  grid_digits: [],
  grid_band_or_square: ['gridZone', 'square'],
  unit_without_position: [],
  unknown_line: [],
  beyond_the_line: ['lengthM'],
} as const satisfies CodeTable;

/** Observations, and who may report them. */
const OF_OBSERVATIONS = {
  unit_missing: [],
  origin_of_another_unit: ['origin'],
  casualty_twice: [],
  not_persons: [],
  not_nfc: [],
  not_text: [],
  hidden_character: [],
  other_content: [],
  retracted: [],
  origin_changed: [],
  unknown_observation: [],
  /** Versions: the one that stands, and the one that the sender looked at. */
  not_the_present_version: ['present', 'looked'],
  role_may_not_report: ['role'],
  not_your_unit: [],
  not_the_originator: [],
} as const satisfies CodeTable;

/** The centre, its file and the ceasefire. */
const OF_CENTRES = {
  no_centre: [],
  centre_exists: [],
  contingent_exists: [],
  unit_exists: [],
  area_exists: [],
  officer_exists: [],
  unknown_contingent: [],
  unknown_unit: [],
  unknown_area: [],
  unknown_officer: [],
  area_kind_changed: [],
  before_the_unit_opened: ['openedAt'],
  unit_closed: ['closedAt'],
  not_on_earth: [],
  too_few_vertices: [],
  ring_not_closed: [],
  empty_area: [],
  source_of_a_contingent: [],
  first_is_no_operator: [],
  too_many: ['count', 'most'],
  twice: ['name'],
  already_declared: [],
  party_twice: [],
  no_ceasefire: [],
  already_ended: ['endedAt'],
} as const satisfies CodeTable;

/** What only an edge can see: a header, a query, a body letter by letter, a file. */
const OF_REQUESTS = {
  required: [],
  not_a_revision: [],
  lone_surrogate: [],
  duplicate_key: ['name'],
  at_out_of_range: [],
  /** A moment to look back from. */
  not_yet: ['aheadMs'],
  no_such_event: [],
  no_such_observation: [],
  no_such_verification: [],
  not_utf8: ['said'],
  no_header: ['said'],
  column_twice: ['said'],
  malformed_csv: ['said'],
  too_many_rows: ['said'],
  unknown_layout: ['said'],
  bad_mapping: ['said'],
  exercise_log: ['said'],
} as const satisfies CodeTable;

export const REASONS = {
  ...OF_SHAPE,
  ...OF_MEASURES,
  ...OF_OBSERVATIONS,
  ...OF_CENTRES,
  ...OF_REQUESTS,
} as const satisfies CodeTable;
export type Reason = keyof typeof REASONS;

type ValueOf<Name extends ParameterName> = (typeof PARAMETERS)[Name] extends
  'metres' | 'milliseconds' | 'number'
  ? number
  : string;

/** The codes of a table that have no figures. */
export type Bare<Table extends CodeTable> = {
  [Code in keyof Table]: Table[Code] extends readonly [] ? Code : never;
}[keyof Table];

/** The figures of a code: exactly those of its line. */
export type ParamsOf<Names extends readonly ParameterName[]> = {
  readonly [Name in Names[number]]: ValueOf<Name>;
};

/** Any code's figures, for those who only hand them on. */
export type Params = Readonly<Partial<Record<ParameterName, string | number>>>;
