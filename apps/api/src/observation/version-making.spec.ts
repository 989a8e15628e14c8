import { describe, expect, test } from '@jest/globals';
import {
  evolveObservation,
  NO_OBSERVATION,
  type ObservationState,
} from '@ceasewatch/domain/observation/observation-state';
import type { ObservationEvent } from '@ceasewatch/domain/observation/observation.events';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { changes } from '@ceasewatch/domain/testing/arbitrary-rows';
import { readEvent } from '@ceasewatch/domain/upcast';
import fc from 'fast-check';
import { testId } from '../event-log/testing/events.ts';
import type { ProjectedEvent } from '../read-model/projection.ts';
import { eventsOf } from '../read-model/testing/histories.ts';
import { correctedRow, firstRow, statusRow } from './version-making.ts';

describe('the row that an event makes', () => {
  test('has the status and the version of the state that the decider folds, retracted rows corrected too', () => {
    fc.assert(
      fc.property(changes, (history) => {
        const states = new Map<string, ObservationState>();
        const rows = new Map<string, ObservationRow>();
        for (const [seq, { envelope }] of eventsOf(history, testId(9)).entries()) {
          const event: ProjectedEvent = { seq, envelope, disclosed: {} };
          const told = readEvent(event) as ObservationEvent;
          const { subject } = envelope;
          states.set(subject, evolveObservation(states.get(subject) ?? NO_OBSERVATION, told));
          rows.set(subject, rowAfter(event, told, rows.get(subject)));
          const { status, version } = rows.get(subject) ?? {};
          expect(states.get(subject)).toMatchObject({ status, version });
        }
      }),
    );
  });
});

function rowAfter(
  event: ProjectedEvent,
  told: ObservationEvent,
  before: ObservationRow | undefined,
): ObservationRow {
  if (told.type === 'observation.recorded.v1') return firstRow(event, 1, told.data);
  if (before === undefined) throw new Error('nothing was recorded before');
  switch (told.type) {
    case 'observation.corrected.v1':
      return correctedRow(event, before, told.data).row;
    case 'observation.retracted.v1':
    case 'observation.reinstated.v1':
      return statusRow(event, before, told);
    default:
      throw new Error(`${told.type} makes no row`);
  }
}
