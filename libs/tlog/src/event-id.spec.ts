import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import {
  eventIdBytes,
  eventIdOf,
  followUpEventId,
  importedRowId,
  isEventId,
  newEventId,
} from './event-id.ts';

const command = '019aa9c0-7d3e-7a41-8c55-0000000186a7';
const day = Date.UTC(2020, 10, 10);

describe('an event id', () => {
  it('is a UUIDv7 or UUIDv8 in lower case', () => {
    expect(isEventId(command)).toBe(true);
    for (const other of [
      command.toUpperCase(),
      '019aa9c0-7d3e-4a41-8c55-0000000186a7',
      `${command} `,
      '',
    ]) {
      expect(isEventId(other)).toBe(false);
    }
  });

  it('survives the way to bytes and back', () => {
    expect(eventIdOf(eventIdBytes(command))).toBe(command);
  });

  it('made anew begins with its time', () => {
    const id = newEventId(day, new Uint8Array(10).fill(0xff));
    expect(id).toBe('0175af73-c000-7fff-bfff-ffffffffffff');
    expect(isEventId(id)).toBe(true);
  });

  it('of a further event follows from the command and the index alone', () => {
    const hash = createHash('sha256')
      .update(Buffer.from(command.replaceAll('-', ''), 'hex'))
      .update(Buffer.from([0, 0, 0, 1]))
      .digest();
    const id = followUpEventId(command, 1);
    expect(id.slice(0, 8)).toBe(hash.toString('hex').slice(0, 8));
    expect(id[14]).toBe('8');
    expect(isEventId(id)).toBe(true);
    expect(followUpEventId(command, 2)).not.toBe(id);
  });

  it('of an imported row begins with the date of the row and follows from its key', () => {
    const id = importedRowId('ucdp-ged', ['12345'], day);
    expect(id.startsWith('0175af73-c000-8')).toBe(true);
    expect(isEventId(id)).toBe(true);
    expect(importedRowId('ucdp-ged', ['12345'], day)).toBe(id);
    expect(importedRowId('ucdp-ged', ['12346'], day)).not.toBe(id);
    expect(importedRowId('other', ['12345'], day)).not.toBe(id);
  });

  it('of an imported row keeps cells apart that would run together', () => {
    expect(importedRowId('s', ['ab', 'c'], day)).not.toBe(importedRowId('s', ['a', 'bc'], day));
  });

  it('of a row dated before 1970 has the time 0', () => {
    expect(importedRowId('s', ['a'], -1).startsWith('00000000-0000-8')).toBe(true);
  });
});
