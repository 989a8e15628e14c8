import { refuse } from '../refusal.ts';

/**
 * Distance from the seconds between flash and bang. A single post with a stopwatch beats two posts with
 * compass words; what is recorded is the delay and the temperature, what is derived is a range.
 */

/** Two thumbs on a stopwatch. */
export const DELAY_ERROR_MS = 500;
/** A thermometer at the post is not the air along the way. */
export const TEMPERATURE_ERROR_DECI_C = 50;
/** Five minutes: sound is not heard from 100 km. */
const LONGEST_DELAY_MS = 300_000;

/** Speed of sound in dry air in metres per second, c = 331.3 * sqrt(1 + T / 273.15). */
export function soundSpeed(temperatureDeciC: number): number {
  return 331.3 * Math.sqrt(1 + temperatureDeciC / 2731.5);
}

export interface SoundDelay {
  readonly delayMs: number;
  /** Tenths of a degree Celsius. */
  readonly temperatureDeciC: number;
  readonly delayErrorMs?: number;
  readonly temperatureErrorDeciC?: number;
}

/**
 * The range in whole metres, `min` rounded down and `max` up, with the distance of the values as told.
 *
 * @throws Refusal `invalid`, reason `not_a_delay` (0 to 300 s) or `not_a_temperature` (-60 to 60 °C)
 */
export function rangeFromSound(
  delay: SoundDelay,
  field = 'sound',
): { min: number; max: number; bestM: number } {
  const { delayMs, temperatureDeciC: temperature } = delay;
  const { delayErrorMs = DELAY_ERROR_MS, temperatureErrorDeciC = TEMPERATURE_ERROR_DECI_C } = delay;
  if (!(delayMs > 0 && delayMs <= LONGEST_DELAY_MS)) {
    throw refuse('invalid', {
      field: `${field}.delayMs`,
      reason: 'not_a_delay',
    });
  }
  if (!(temperature >= -600 && temperature <= 600)) {
    throw refuse('invalid', {
      field: `${field}.temperatureDeciC`,
      reason: 'not_a_temperature',
    });
  }
  const metres = (ms: number, deciC: number) => (soundSpeed(deciC) * Math.max(0, ms)) / 1000;
  return {
    min: Math.floor(metres(delayMs - delayErrorMs, temperature - temperatureErrorDeciC)),
    max: Math.ceil(metres(delayMs + delayErrorMs, temperature + temperatureErrorDeciC)),
    bestM: Math.round(metres(delayMs, temperature)),
  };
}
