/**
 * Changes what stands in the address bar at this moment, not what a screen was last drawn from: two
 * quick clicks both count. Shallow, so it never costs a page load.
 *
 * @param how `push` for a step that Back undoes, `replace` for one that is not worth it
 */
export function changeAddress(
  change: (now: URLSearchParams) => URLSearchParams,
  how: 'push' | 'replace' = 'push',
): void {
  const query = change(new URLSearchParams(location.search)).toString();
  const address = query === '' ? location.pathname : `${location.pathname}?${query}`;
  if (how === 'push') history.pushState(null, '', address);
  else history.replaceState(null, '', address);
}
