import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { chosenLocale } from './chosen-locale.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('the policy of a page', () => {
  const page = `<html style="color:red"><head><style>a{b:c}</style><script src="/x.js"></script>
    <script>let a = '<p style="no">'</script></head><body><p style="--x:url(&quot;a&#x27;b&amp;&quot;)"></p></html>`;

  test('names each inline script, style and style attribute by its hash, and nothing else', () => {
    const policy = contentSecurityPolicy(page);
    expect(policy).toContain(`script-src 'self' ${hash(`let a = '<p style="no">'`)};`);
    expect(policy).toContain(`style-src 'self' ${hash('a{b:c}')};`);
    expect(policy).toContain(
      `style-src-attr 'unsafe-hashes' ${hash('color:red')} ${hash(`--x:url("a'b&")`)};`,
    );
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval/);
  });

  test('allows no style attribute where the page has none', () => {
    expect(contentSecurityPolicy('<p>')).toContain("style-src-attr 'none'");
  });
});

describe('the language of the first page', () => {
  test.each([
    ['a=1; NEXT_LOCALE=hy', 'az', 'hy'],
    ['NEXT_LOCALE=xx', 'az;q=0.5, hy;q=0.9', 'hy'],
    [undefined, 'fr-FR, az-Latn;q=0.3', 'az'],
    [undefined, 'az;q=0', 'en'],
    [undefined, undefined, 'en'],
  ])('cookie %s and header %s choose %s', (cookie, header, locale) => {
    expect(chosenLocale(['en', 'hy', 'az'], cookie, header)).toBe(locale);
  });
});
