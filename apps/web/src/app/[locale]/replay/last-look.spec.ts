import { describe, expect, test } from '@jest/globals';
import { readKept } from './last-look.ts';

describe('the look before this one', () => {
  test('is read as it was kept', () => {
    expect(readKept('1627 1795348800000')).toEqual({ seq: 1_627, at: 1_795_348_800_000 });
  });

  test.each([null, '', '1627', 'x y', '{"seq":1}'])('is none where %s was kept', (text) => {
    expect(readKept(text)).toBeNull();
  });
});
