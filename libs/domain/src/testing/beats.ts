/**
 * The observations that the guided strip of the dashboard points at: name of the beat → id of the
 * observation, the same in every exercise. The story that tells them is `story-beats.ts`.
 */
function beat(ending: string): string {
  return `019aa9c0-0000-7000-8000-00000000be${ending}`;
}

export const BEATS = {
  /** One exchange of fire, heard by Alfa and heard by Bravo: two observations. */
  exchangeAlfa: beat('01'),
  exchangeBravo: beat('02'),
  /** The same exchange, told by a patrol seven hours later. */
  sevenHoursLate: beat('03'),
  /** Entered as local time, corrected to Moscow time: an hour. */
  timeCorrected: beat('04'),
  /** 1400 read as one of 6400 parts, caught and corrected to 6000. */
  milsCorrected: beat('05'),
  /** "At least 3" and "about 12" in the same hour. */
  atLeastThree: beat('06'),
  aboutTwelve: beat('07'),
  /** A place known only as a stretch of the line. */
  stretchOfLine: beat('08'),
  /** Taken back, and standing again. */
  reinstated: beat('09'),
  /** A camera without a picture, and the post beside it in a quiet night. */
  cameraOutage: beat('0a'),
  /** The first blast of the announced live-fire exercise. */
  liveFire: beat('0b'),
  restriction: beat('0c'),
  /** Somebody was hurt; nobody is said to have done it. */
  casualty: beat('0d'),
} as const;

export type Beat = keyof typeof BEATS;
