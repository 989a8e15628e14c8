import { afterEach, describe, expect, it } from '@jest/globals';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import type { ReportContent } from '@ceasewatch/domain/observation/observation.report';
import { acting, OFFICERS, UNITS } from '@ceasewatch/domain/testing/cast';
import { exerciseCentre } from '@ceasewatch/domain/testing/exercise-centre';
import { CEASEFIRE_COMMANDS, DeclareCeasefire } from '../ceasefire/ceasefire.commands.ts';
import { CentreBook } from '../centre/centre-book.ts';
import { CENTRE_COMMANDS, ChangeCentre, FoundCentre } from '../centre/centre.commands.ts';
import { CommandDesk } from '../event-log/command-desk.ts';
import { openLog } from '../event-log/open-log.ts';
import {
  CorrectObservation,
  OBSERVATION_COMMANDS,
  RecordObservation,
  ReinstateObservation,
  RetractObservation,
} from './observation.commands.ts';

const START = Date.parse('2026-08-15T20:00:00Z');
const NOW = Date.parse('2026-11-22T10:00:07Z');
const ID = '019aa9c0-7d3e-7a41-8c55-0000000186a7';
const ferrow = acting(OFFICERS.ferrow);
const bursts: ReportContent = {
  kind: 'burst',
  count: { value: 12, qualifier: 'about', unit: 'burst' },
  means: ['heard'],
  when: {
    from: '2026-11-22T12:58:00+03:00',
    precision: 'minute',
    zone: 'Europe/Moscow',
    clock: 'device',
  },
  where: {
    form: 'relative',
    unit: UNITS.postDogwood,
    bearing: { value: 84_000, unit: 'mdeg', north: 'true' },
    range: { min: 3000, max: 3400 },
  },
  narrative: 'Three bursts, then silence.',
};
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe('an observation at the command bus', () => {
  it('is recorded as the leaf of event-format.md says', async () => {
    const { commands, log } = await founded();
    const receipt = await commands.execute(new RecordObservation(ferrow, ID, bursts));
    expect(receipt).toMatchObject({
      id: ID,
      version: 1,
      revision: 0,
      warnings: [],
      replayed: false,
    });
    const { events } = await log.page(Number(receipt.seq) - 1, 1);
    expect(events[0]?.envelope).toMatchObject({
      id: ID,
      subject: `observation/${ID}`,
      officer: OFFICERS.ferrow.officer,
      contingent: 'bravo',
      authn: 'chosen',
      correlationid: ID,
      data: { where: { resolved: { lat: 39_991_241, lon: 46_927_118, errorM: 320 } } },
    });
    expect(events[0]?.envelope.centrerevision).toBeGreaterThan(0);
    expect(events[0]?.leaf).not.toContain('silence');
  });

  it('sent again is answered again, although the unit was moved meanwhile', async () => {
    const { commands, log } = await founded();
    const first = await commands.execute(new RecordObservation(ferrow, ID, bursts));
    const position = { lat: 40_100_000, lon: 46_800_000, errorM: 10 };
    const data = { unit: UNITS.postDogwood, position, from: '2026-11-20T00:00:00.000Z' };
    const move = new ChangeCentre(ferrow, id(1), { type: 'move_unit', data });
    await commands.execute(move);
    const head = log.head().seq;
    const again = await commands.execute(new RecordObservation(ferrow, ID, bursts));
    expect(again).toEqual({ ...first, replayed: true });
    expect(log.head().seq).toBe(head);
  });

  it('sent again is answered again, although a later ceasefire would refuse it', async () => {
    const { commands, file } = await founded({ ceasefire: false });
    const first = await commands.execute(new RecordObservation(ferrow, ID, bursts));
    if (file.ceasefire === undefined) throw new RangeError('the exercise has a ceasefire');
    const ceasefire = { ...file.ceasefire, inForceAt: '2026-11-22T10:00:00.000Z' };
    await commands.execute(new DeclareCeasefire(staff, ceasefire));
    const again = await commands.execute(new RecordObservation(ferrow, ID, bursts));
    expect(again).toEqual({ ...first, replayed: true });
    const another = new RecordObservation(ferrow, id(1), bursts);
    await expect(commands.execute(another)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('is refused when the id was used for other content', async () => {
    const { commands } = await founded();
    await commands.execute(new RecordObservation(ferrow, ID, bursts));
    const other = new RecordObservation(ferrow, ID, { ...bursts, narrative: 'Four.' });
    await expect(commands.execute(other)).rejects.toMatchObject({ code: 'id_reused' });
  });

  it('is corrected, taken back and reinstated by its contingent alone', async () => {
    const { commands } = await founded();
    await commands.execute(new RecordObservation(ferrow, ID, bursts));
    const content = { ...bursts, means: ['heard' as const, 'seen' as const] };
    const body = { corrects: 1, reason: 'reclassified' as const, content };
    const by = (actor: typeof ferrow, at: number, revision?: number) =>
      commands.execute(new CorrectObservation(actor, id(at), ID, body, revision));
    await expect(by(acting(OFFICERS.ashby), 1)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(by(ferrow, 2, 7)).rejects.toMatchObject({ code: 'wrong_expected_revision' });
    expect(await by(ferrow, 3, 0)).toMatchObject({ version: 2, revision: 1, replayed: false });
    expect(await by(ferrow, 3, 0)).toMatchObject({ version: 2, revision: 1, replayed: true });
    const retraction = { retracts: 2, reason: 'duplicate' as const };
    const retracted = await commands.execute(new RetractObservation(ferrow, id(4), ID, retraction));
    expect(retracted).toMatchObject({ version: 2, revision: 2 });
    const reinstated = await commands.execute(
      new ReinstateObservation(ferrow, id(5), ID, { reinstates: 2 }, 2),
    );
    expect(reinstated).toMatchObject({ version: 2, revision: 3, replayed: false });
  });

  it('corrected to what it is already yields no event', async () => {
    const { commands, log } = await founded();
    const { seq } = await commands.execute(new RecordObservation(ferrow, ID, bursts));
    const body = { corrects: 1, reason: 'transcription' as const, content: bursts };
    const receipt = await commands.execute(new CorrectObservation(ferrow, id(1), ID, body));
    expect(receipt).toMatchObject({ seq, version: 1, revision: 0, replayed: true });
    expect(log.head().seq).toBe(seq);
  });
});

/** Ids of further commands of a test. */
function id(ending: number): string {
  return `019aa9c0-7d3e-7a41-8c55-0000000190${String(ending).padStart(2, '0')}`;
}

const staff = { role: 'system', authn: 'system' } as const;

async function founded({ ceasefire = true } = {}) {
  const log = await openLog({ folder: ':memory:', exercise: true, now: () => START });
  closing.push(() => log.close());
  const drawSecret = () => new Uint8Array(32).fill(7);
  const desk = new CommandDesk({ log, now: () => NOW, drawSecret });
  const module = await Test.createTestingModule({
    imports: [CqrsModule.forRoot()],
    providers: [
      { provide: CommandDesk, useValue: desk },
      CentreBook,
      ...CENTRE_COMMANDS,
      ...CEASEFIRE_COMMANDS,
      ...OBSERVATION_COMMANDS,
    ],
  }).compile();
  await module.init();
  const commands = module.get(CommandBus);
  const file = exerciseCentre(START);
  await commands.execute(new FoundCentre(staff, file));
  if (ceasefire && file.ceasefire !== undefined) {
    await commands.execute(new DeclareCeasefire(staff, file.ceasefire));
  }
  return { commands, log, file };
}
