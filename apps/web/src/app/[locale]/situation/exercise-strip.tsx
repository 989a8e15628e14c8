'use client';

/** The guided tour of the exercise; it comes with the exercise's beats. */
export function ExerciseStrip() {
  return null;
}
