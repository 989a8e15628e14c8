/**
 * What of a page is used inside it by the hands that the browser tests and the bench share. The tests
 * are checked with all that a browser has; the bench knows no pages.
 */
declare const document: { querySelector(selector: string): PageElement | null };
declare function requestAnimationFrame(drawn: () => void): void;
declare function addEventListener(
  type: string,
  heard: (event: { readonly timeStamp: number }) => void,
  options: { readonly capture: boolean },
): void;
declare class HTMLCanvasElement {}
declare class OffscreenCanvas {}
declare class MutationObserver {
  constructor(changed: () => void);
  observe(
    node: PageElement,
    what: { readonly attributes: boolean; readonly attributeFilter: readonly string[] },
  ): void;
}

interface PageElement {
  getAttribute(name: string): string | null;
}
