/**
 * For `refine` of a schema that asks about a span: one that ends before it begins is refused at its end, and
 * never answered with an empty list. Both are stored instants, so that texts are in the order of time; a
 * span of no length holds nothing and is no mistake.
 */
export function inOrder<From extends string, To extends string>(from: From, to: To) {
  const isInOrder = (asked: { readonly [Name in From | To]?: string | undefined }) =>
    (asked[from] ?? '') <= (asked[to] ?? '~');
  const refusal: { path: PropertyKey[]; error: string } = {
    path: [to],
    error: 'ends_before_it_begins',
  };
  return [isInOrder, refusal] as const;
}
