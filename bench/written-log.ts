import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  centre,
  idOf,
  opening,
  TOLD,
  type WrittenEvent,
  writeLog,
} from '../apps/auditor/src/testing/write-log.ts';

/** A sound log of so many events in a folder of its own: reports with two disclosures, every tenth taken back. */
export function writtenLog(events: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-bench-'));
  const told: WrittenEvent[] = [opening, ...centre];
  for (let seq = told.length; seq < events; seq += 1) {
    told.push(seq % 10 === 9 ? retraction(seq - 1) : report(seq));
  }
  writeLog(folder, told).close();
  return folder;
}

function report(seq: number): WrittenEvent {
  return {
    subject: `observation/${idOf(seq)}`,
    type: 'observation.recorded.v1',
    data: TOLD,
    disclosed: {
      narrative: `Bursts ${seq % 997} from the direction of the mill, then silence.`,
      asEntered: '1358C',
    },
  };
}

function retraction(of: number): WrittenEvent {
  return {
    subject: `observation/${idOf(of)}`,
    type: 'observation.retracted.v1',
    data: { retracts: 1, reason: 'misidentification' },
  };
}
