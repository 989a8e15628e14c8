/**
 * The screens of the top bar, in its order. A screen is listed when it works, and not before; `key`
 * is what follows `g`.
 */
export const SCREENS = [
  { name: 'situation', path: '/situation', key: 's' },
  { name: 'observations', path: '/observations', key: 'o' },
  { name: 'report', path: '/report', key: 'r' },
  { name: 'log', path: '/log', key: 'l' },
  { name: 'replay', path: '/replay', key: 'p' },
  { name: 'centre', path: '/centre', key: 'c' },
] as const;

export type ScreenName = (typeof SCREENS)[number]['name'];
