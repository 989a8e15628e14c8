/** In the page, before its own scripts: every question for a WebGL drawing is answered as by an old desk. */
export function withoutWebgl(): void {
  for (const { prototype } of [HTMLCanvasElement, OffscreenCanvas]) {
    const own = Object.getOwnPropertyDescriptor(prototype, 'getContext');
    Object.defineProperty(prototype, 'getContext', {
      ...own,
      value(this: object, kind: string, ...more: unknown[]): unknown {
        return kind.startsWith('webgl') ? null : own?.value.call(this, kind, ...more);
      },
    });
  }
}
