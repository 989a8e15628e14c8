import { MINUTE_MS } from '@ceasewatch/domain/measure/instant';
import {
  PARAMETERS,
  type ParameterName,
  type Params,
  type Reason,
  type WarningCode,
} from '@ceasewatch/domain/reasons';
import type { Refused, Warning } from '@ceasewatch/domain/refusal';

/**
 * The English of the domain's codes: `detail` and `errors` of a problem, `warnings` of a receipt, the
 * lines of an import. This is the only place that makes sentences of them on this side; the screens
 * take code and figures and make their own. `{field}` is the path, `{mostM}` a figure with its unit.
 */
export function refusalInEnglish({ reason, field, params }: Refused): string {
  return sentence(REFUSAL_SENTENCES[reason], field, params);
}

export function warningInEnglish({ code, field, params }: Warning): string {
  return sentence(WARNING_SENTENCES[code], field, params);
}

function sentence(template: string, field: string | undefined, params: Params = {}): string {
  const filled = template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    if (name === 'field') return field === undefined ? 'the request' : `\`${field}\``;
    return isParameter(name) ? figure(name, params[name]) : whole;
  });
  return `${filled.charAt(0).toUpperCase()}${filled.slice(1)}`;
}

function isParameter(name: string): name is ParameterName {
  return Object.hasOwn(PARAMETERS, name);
}

const LONGEST = 300;

/** A figure with its unit; a word as it is in the vocabulary. */
function figure(name: ParameterName, value: string | number | undefined): string {
  if (typeof value !== 'number') return (value ?? '').slice(0, LONGEST);
  switch (PARAMETERS[name]) {
    case 'metres':
      return value < 1000 ? `${Math.round(value)} m` : `${Math.round(value / 100) / 10} km`;
    case 'milliseconds':
      return duration(value);
    default:
      return value.toString();
  }
}

/** No finer than it matters: seconds to two minutes, minutes to two hours, hours to two days. */
function duration(ms: number): string {
  if (ms < 2 * MINUTE_MS) return `${Math.round(ms / 1000)} s`;
  if (ms < 120 * MINUTE_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  const hours = Math.round(ms / (60 * MINUTE_MS));
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

export const WARNING_SENTENCES: Readonly<Record<WarningCode, string>> = {
  old: '{field} is {ageMs} ago.',
  in_the_future: "{field} is {aheadMs} ahead of the server's clock.",
  offset_not_known: '{field} says -00:00, offset not known; it was read as UTC.',
  device_clock_off: "The device's clock is {offByMs} {side}.",
  null_island: '{field} is 0° N 0° E, which is usually a missing value.',
  axes_swapped:
    '{field} lies in the mission area only with latitude and longitude the other way round.',
  unit_not_open: 'The unit was not open at the time of the observation.',
  unusual_unit: '{kind} is not usually counted in {unitOfCount}.',
  many: '{count} is unusually many; more than {most} is.',
  far: '{rangeM} is unusually far; more than {mostM} is.',
  no_distance: '{field} is 0 m: the place is the position of the unit itself.',
  outside_mission_area: 'The place is outside the mission area.',
  far_from_unit: 'The place is {distanceM} from the observing unit; more than {mostM} is unusual.',
  unusual_field: '`{about}` is told with kind {kind}, to which it does not belong.',
  not_told: '`{about}` is not told.',
};

export const REFUSAL_SENTENCES: Readonly<Record<Reason, string>> = {
  invalid_type: '{field} must be there and be of type {expected}.',
  invalid_value: '{field} must be one of: {expected}.',
  invalid_format: '{field} must have the form {expected}.',
  invalid_union: '{field} has none of the forms that it may have.',
  invalid_key: '{field} has a name that may not be there.',
  invalid_element: '{field} has an item that may not be there.',
  unknown_field: '{field} is no field that is known here.',
  too_big: '{field} is too large or too long: at most {most}.',
  too_small: '{field} is too small or too short: at least {least}.',
  not_multiple_of: '{field} must be a multiple of {step}.',
  too_many_bytes: '{field} must be at most {most} bytes in UTF-8.',
  not_valid: '{field}: {said}.',
  not_an_id: '{field} must be a UUID of version 7 (an existing thing may have 8) in lower case.',
  not_utc: '{field} must be UTC with three fraction digits: 2026-11-22T09:58:00.000Z.',
  not_a_name: '{field} must be one line of text in Unicode Normalization Form C.',
  not_above_low: '{field} must not be above the value.',
  not_below_high: '{field} must not be below the value.',
  max_below_min: '{field} must not be below min.',
  bearing_or_sector: 'A relative place has either a bearing or a sector.',
  line_or_name: 'A line is named by either `line` or `name`.',
  area_or_name: 'An area is named by either `area` or `name`.',
  near_not_needed: '{field} stands beside a name only; what is on the map needs none.',
  half_a_stretch: 'A stretch has both `fromM` and `toM`, on a line of the map.',
  to_below_from: '{field} must be above fromM.',
  beyond_its_circle:
    '{field} is beyond the circle of its unit: 360000 mdeg, 6400 mil6400, 6000 mil6000.',
  empty_arc: '{field} must differ from `from`.',

  not_an_instant:
    '{field} must be a date and time that exist, with their offset: 2026-11-22T10:40:00+04:00.',
  year_out_of_range: '{field} must lie in the years 1900 to 2199.',
  before_the_ceasefire: '{field} lies before the ceasefire entered into force at {inForceAt}.',
  in_the_future: "{field} is {aheadMs} ahead of the server's clock; check zone and date.",
  unknown_zone: '{field} must be a time zone of the IANA data base: Europe/Moscow.',
  period_without_end: '{field} must be there when the precision is a period.',
  ends_before_it_begins: '{field}: a period ends after it begins.',
  not_a_date_time_group: '{field} must be a date-time group: 221358C NOV 26.',
  letter_tells_no_zone: '{field} has the zone letter {letter}, which names no zone.',
  not_a_clock_time: '{field} must be a time: 1358 or 1358C.',
  not_a_bearing: '{field} must be degrees, 084 or 84.5, or whole mils, 4800.',
  beyond_the_circle: '{field} must be from 0 to {most} in this unit.',
  not_a_compass_word: '{field} must be a compass word: N, NNE, NE.',
  not_a_delay: '{field} must be above 0 and at most 300 seconds.',
  not_a_temperature: '{field} must be from -60 to 60 degrees Celsius.',
  not_a_position:
    '{field} must be latitude from -90 to 90 and longitude from -180 to 180, in degrees, as numbers.',
  not_a_grid_reference: '{field} must be a grid reference: 38S PK 6476 2876.',
  grid_square_missing:
    '{field} must name zone, band and square before the digits: 38S PK 6476 2876.',
  grid_digits: '{field} must have 4, 6, 8 or 10 digits, half of them for each axis.',
  grid_band_or_square:
    '{field} names a zone, band and square that do not meet: {gridZone} {square}.',
  unit_without_position: '{field} must be a unit of this centre that had a position then.',
  unknown_line: '{field} must be a line of this centre in force then.',
  beyond_the_line: '{field} must not be beyond the line, which is {lengthM} long.',

  unit_missing: '{field} must be named, because the officer reports from none.',
  origin_of_another_unit: '{field} must be {origin} for this unit.',
  casualty_twice: '{field} repeats an outcome and sort of person; they are counted together.',
  not_persons: '{field} must be person.',
  not_nfc: '{field} must be in Unicode Normalization Form C.',
  not_text: '{field} contains half of a surrogate pair.',
  hidden_character:
    '{field} contains a control character, or one that cannot be seen or turns the writing around.',
  other_content: 'An observation with this id was recorded before, with other content.',
  retracted: 'A retracted observation is reinstated before it is corrected.',
  origin_changed:
    'What a unit perceived does not become an external report, nor the other way round.',
  unknown_observation: 'There is no such observation in this log.',
  not_the_present_version: 'The present version is {present}, not {looked}.',
  role_may_not_report: 'Reports are made and changed by operators, not in the role of {role}.',
  not_your_unit: "A contingent's unit belongs to officers of that contingent.",
  not_the_originator:
    'Only the originating contingent corrects, retracts or reinstates an observation.',

  no_centre: 'No centre was founded in this log.',
  centre_exists: 'This log already holds another centre; a log is of one centre for ever.',
  contingent_exists: 'This contingent exists already and is something else.',
  unit_exists: 'This unit exists already and is something else.',
  area_exists: 'This area exists already and is something else.',
  officer_exists: 'This officer exists already and is somebody else.',
  unknown_contingent: '{field} must be the code of a contingent of this centre.',
  unknown_unit: '{field} must be an observing unit of this centre.',
  unknown_area: '{field} must be an area of this centre in force then.',
  unknown_officer: 'This officer is not enrolled at this centre in this role.',
  area_kind_changed: 'An area keeps its kind; define another area.',
  before_the_unit_opened: '{field} lies before the unit was opened at {openedAt}.',
  unit_closed: 'This unit was closed at {closedAt}; what observes again is a new unit.',
  not_on_earth: '{field} must be vertices of [longitude, latitude] in 1e-6 degrees.',
  too_few_vertices: '{field}: a polygon has at least three corners and closes.',
  ring_not_closed: '{field}: a polygon ends where it begins.',
  empty_area: '{field} must be [west, south, east, north] in 1e-6 degrees.',
  source_of_a_contingent: '{field} must be absent for an external source.',
  first_is_no_operator:
    '{field} must be an operator: the first officer reports when nobody was chosen.',
  too_many: 'The centre file would become {count} events, at most {most}.',
  twice: '{field} stands twice in the list: {name}.',
  already_declared: 'This ceasefire was declared with other words.',
  party_twice: 'A party stands once in the list, with all its roles.',
  no_ceasefire: 'No ceasefire was declared.',
  already_ended: 'This ceasefire ended at {endedAt}.',

  required: '{field} must be there: the header If-Match names the revision looked at, e.g. "0".',
  not_a_revision: '{field} must name the revision that was looked at, e.g. "0".',
  lone_surrogate:
    '{field} holds half a character (a lone surrogate), which cannot be stored as it is.',
  duplicate_key: 'The name "{name}" stands twice in one object.',
  at_out_of_range: 'What is asked about lies in the years 1900 to 2199.',
  not_yet:
    "{field} is {aheadMs} ahead of the server's clock: what will be known then cannot be told yet.",
  no_such_event: 'There is no event with this number.',
  no_such_observation: 'There is no such observation.',
  no_such_verification: 'There is no such verification.',
  not_utf8: '{said}',
  no_header: '{said}',
  column_twice: '{said}',
  malformed_csv: '{said}',
  too_many_rows: '{said}',
  unknown_layout: '{said}',
  bad_mapping: '{said}',
  exercise_log: '{said}',
};
