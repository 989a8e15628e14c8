/**
 * Whether whoever asks reads this form of compression, by the header `Accept-Encoding`: named there, and
 * not refused with a quality of zero.
 */
export function accepts(encoding: 'br' | 'gzip', accepted = ''): boolean {
  const [named] = accepted
    .split(',')
    .map((part) => part.trim().split(/\s*;\s*/))
    .filter(([name]) => name === encoding);
  return named !== undefined && !named.some((parameter) => /^q\s*=\s*0(\.0*)?$/.test(parameter));
}
