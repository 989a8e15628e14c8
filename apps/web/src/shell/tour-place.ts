/**
 * Whether the place of an exercise's guided strip is kept before the centre has answered. The node says
 * in the head of its answer which sort of centre it is, this device whether the strip was closed.
 */
export function tourIsDue(): boolean {
  return document.documentElement.dataset['tour'] !== 'false';
}

/**
 * Runs in the head of every page, before anything is drawn: the exported file does not know whose pages it
 * holds. Its text is part of the Content-Security-Policy, and has no sign that HTML would write otherwise.
 */
export const TOUR_SCRIPT = `{
  let due = true;
  try {
    due = JSON.parse(localStorage.getItem(\`ceasewatch.settings\`))?.tour ?? true;
  } catch {
    due = true;
  }
  for (const { serverTiming } of performance.getEntriesByType(\`navigation\`))
    for (const { name, description } of serverTiming ?? [])
      if (name === \`centre\`) due = due ? description !== \`real\` : false;
  document.documentElement.dataset.tour = due;
}`;
