import { describe, expect, it, jest } from '@jest/globals';
import { offsetMinutes } from './zone.ts';

describe('the offset of a zone', () => {
  it('is that of the instant, also in an hour in whose middle the clocks change', () => {
    // Lord Howe goes from 10½ to 11 hours at 15:30 UTC.
    const zone = 'Australia/Lord_Howe';
    const at = (clock: string) => offsetMinutes(zone, Date.parse(`2026-10-03T${clock}Z`));
    expect(['14:59:59', '15:00:00', '15:29:59', '15:30:00', '16:00:00'].map(at)).toEqual([
      630, 630, 630, 660, 660,
    ]);
    expect(['16:00:00', '15:30:00', '15:29:59', '15:00:00'].map(at)).toEqual([660, 660, 630, 630]);
  });

  it('is asked of the engine once for an hour in which nothing changes', () => {
    const asked = jest.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts');
    const noon = Date.UTC(2031, 5, 1, 12);
    for (let second = 0; second < 3_600; second += 1)
      offsetMinutes('Asia/Baku', noon + second * 1_000);
    expect(asked).toHaveBeenCalledTimes(3);
    asked.mockRestore();
  });
});
