import { describe, expect, it } from '@jest/globals';
import { foundingEvents } from './centre/centre-file.ts';
import { exerciseCentre } from './testing/exercise-centre.ts';
import {
  KNOWN_TYPES,
  MalformedEvent,
  readEvent,
  UnknownEventType,
  validateEvent,
} from './upcast.ts';

const opened = {
  type: 'log.opened.v1',
  data: { exercise: true, leafRule: 1, logId: '019aa9c0-0000-7000-8000-000000000001' },
};

describe('reading an event', () => {
  it('gives its data without digests and with what may be shown', () => {
    const event = readEvent({
      envelope: {
        type: 'officer.enrolled.v1',
        data: { officer: 'o', contingent: 'alfa', role: 'operator', _sd: ['digest'] },
      },
      disclosed: { name: { state: 'shown', value: 'Lt Nadia Ferrow' }, note: { state: 'erased' } },
    });
    expect(event).toEqual({
      type: 'officer.enrolled.v1',
      data: { officer: 'o', contingent: 'alfa', role: 'operator' },
      disclosed: { name: 'Lt Nadia Ferrow' },
    });
  });

  it('says so when the log is newer than the reader', () => {
    const envelope = { type: 'watch.opened.v1', data: {} };
    expect(() => readEvent({ envelope })).toThrow(UnknownEventType);
    expect(() => validateEvent({ envelope })).toThrow(/older than the log/);
  });
});

describe('validating an event', () => {
  it('accepts every founding event and the opening of the log', () => {
    const { centre, ceasefire } = foundingEvents(exerciseCentre(0));
    for (const { type, data } of [opened, ...centre, ...ceasefire]) {
      expect(() => validateEvent({ envelope: { type, data: { ...data } } })).not.toThrow();
    }
  });

  it('names the field of an event that nobody could have written', () => {
    const envelope = { ...opened, data: { ...opened.data, leafRule: 2 } };
    expect(() => validateEvent({ envelope })).toThrow(MalformedEvent);
    expect(() => validateEvent({ envelope })).toThrow(/log\.opened\.v1.*leafRule/);
  });

  it('knows every type of event-format.md', () => {
    expect(KNOWN_TYPES).toHaveLength(19);
  });
});
