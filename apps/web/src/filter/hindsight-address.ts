/** The screen at the moment of an event or an instant; window and filters stay, the as-of is left. */
export function hindsightAddress(
  locale: string,
  search: URLSearchParams,
  moment: { readonly event: number } | { readonly until: string } | null,
): string {
  const next = new URLSearchParams(search);
  for (const key of LEFT_BEHIND) next.delete(key);
  if (moment !== null && 'event' in moment) next.set('event', moment.event.toString());
  if (moment !== null && 'until' in moment) next.set('until', moment.until);
  return next.size === 0 ? `/${locale}/hindsight` : `/${locale}/hindsight?${next.toString()}`;
}

/** What only the screen before understood, and the moment that is told anew. */
const LEFT_BEHIND = ['asof', 'until', 'event', 'pin', 'view', 'axis', 'step', 'sel', 'from', 'to'];
