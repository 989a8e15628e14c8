import type { Envelope } from '@ceasewatch/domain/recorded-event';
import { newEventId } from '@ceasewatch/tlog/event-id';
import type { EventToAppend } from '../apps/api/dist/event-log/event-log.js';
import { sealEvent } from '../apps/api/dist/event-log/seal-event.js';

/** Reports of the usual size (1.1 KB of leaf, one disclosure), sealed before anything is measured. */
export const LOG_ID = newEventId(Date.UTC(2026, 7, 15, 20), new Uint8Array(10));

export interface SampleEvent {
  readonly stream: string;
  readonly event: EventToAppend;
}

/**
 * @param streams how many streams the events take turns in; as many as events means each begins one
 */
export function sampleEvents(count: number, streams: number): readonly SampleEvent[] {
  return Array.from({ length: count }, (_, n) => {
    const subject = `observation/${sampleId(n % streams)}`;
    const event = sealEvent(envelopeOf(n, subject, Math.floor(n / streams)), said(n), () =>
      new Uint8Array(32).fill(n),
    );
    return { stream: `cw.${subject.replace('/', '-')}`, event };
  });
}

function sampleId(n: number): string {
  const random = new Uint8Array(10);
  new DataView(random.buffer).setUint32(6, n);
  return newEventId(Date.UTC(2026, 7, 16) + n, random);
}

function said(n: number): Readonly<Record<string, string>> {
  return { narrative: `Bursts from beyond the road, ${n} in all, then silence.` };
}

function envelopeOf(n: number, subject: string, revision: number): Envelope {
  const unit = sampleId(3_000_000);
  return {
    specversion: '1.0',
    id: sampleId(n),
    source: `urn:ceasewatch:${LOG_ID}`,
    type: 'observation.recorded.v1',
    subject,
    revision,
    time: new Date(Date.UTC(2026, 7, 16) + n).toISOString(),
    role: 'operator',
    authn: 'chosen',
    officer: sampleId(3_000_001),
    contingent: 'bravo',
    centrerevision: 41,
    correlationid: sampleId(n),
    data: {
      kind: 'burst',
      count: { value: 1 + (n % 20), qualifier: 'about', unit: 'burst' },
      means: ['heard', 'seen'],
      origin: 'unit',
      unit,
      watch: null,
      when: {
        from: '2026-11-22T09:58:00.000Z',
        to: '2026-11-22T09:59:00.000Z',
        precision: 'minute',
        clock: 'device',
        zone: 'Europe/Moscow',
      },
      where: {
        form: 'relative',
        unit,
        bearing: { value: 84_000, unit: 'mdeg', north: 'true' },
        range: { min: 3_000, max: 3_400 },
        resolved: {
          lat: 39_991_241 + n,
          lon: 46_927_118,
          errorM: 320,
          method: 'relative.1',
          sector: sampleId(3_000_002),
        },
      },
    },
  };
}
