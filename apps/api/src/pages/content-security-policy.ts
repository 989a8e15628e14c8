import { createHash } from 'node:crypto';

/**
 * The Content-Security-Policy of one exported page. Nothing inline runs or styles but what the build
 * put into this very file, each named by its hash. After a client navigation the policy of the first
 * page stays in force.
 */
export function contentSecurityPolicy(html: string): string {
  const scripts = hashes(inlineScripts(html));
  const styles = hashes(bodies(html, 'style'));
  const attributes = hashes(styleAttributes(html));
  return [
    "default-src 'self'",
    `script-src ${["'self'", ...scripts].join(' ')}`,
    "script-src-attr 'none'",
    "worker-src 'self'",
    `style-src ${["'self'", ...styles].join(' ')}`,
    `style-src-attr ${attributes.length === 0 ? "'none'" : ["'unsafe-hashes'", ...attributes].join(' ')}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function inlineScripts(html: string): string[] {
  return [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)]
    .filter(([, attributes]) => !/\ssrc\s*=/i.test(attributes ?? ''))
    .map(([, , body]) => body ?? '');
}

function bodies(html: string, tag: 'style'): string[] {
  return [...html.matchAll(new RegExp(`<${tag}\\b[^>]*>([\\s\\S]*?)</${tag}>`, 'gi'))].map(
    ([, body]) => body ?? '',
  );
}

/** What stands in scripts is text, not markup: `style="…"` in it is no attribute. */
function styleAttributes(html: string): string[] {
  const markup = html.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/gi, '');
  return [...markup.matchAll(/\sstyle="([^"]*)"/gi)].map(([, value]) => decoded(value ?? ''));
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#x27': "'",
};

/** The browser hashes what an attribute says, not how it is written. */
function decoded(value: string): string {
  return value.replace(/&([a-z]+|#x?[0-9a-f]+);/gi, (whole, name: string) => {
    const known = ENTITIES[name.toLowerCase()];
    if (known !== undefined) return known;
    const hex = /^#x([0-9a-f]+)$/i.exec(name)?.[1];
    const decimal = /^#(\d+)$/.exec(name)?.[1];
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return Number.isInteger(code) ? String.fromCodePoint(code) : whole;
  });
}

function hashes(texts: readonly string[]): string[] {
  const each = texts.map((text) => createHash('sha256').update(text).digest('base64'));
  return [...new Set(each)].map((hash) => `'sha256-${hash}'`);
}
