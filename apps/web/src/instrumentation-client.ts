/**
 * Runs before any page. zod compiles its schemas with `new Function` where it may, and finds out by
 * trying, which the Content-Security-Policy reports as a violation; told beforehand, it does not try.
 * The global is zod's own place for its settings, so pages without zod need not load it.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
