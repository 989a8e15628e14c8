import { afterEach, describe, expect, it } from '@jest/globals';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { DAY_MS, HOUR_MS } from '@ceasewatch/domain/measure/instant';
import { BEATS } from '@ceasewatch/domain/testing/beats';
import { TICK_MS } from '@ceasewatch/domain/testing/story';
import { CEASEFIRE_COMMANDS } from '../ceasefire/ceasefire.commands.ts';
import { CentreBook } from '../centre/centre-book.ts';
import { CENTRE_COMMANDS } from '../centre/centre.commands.ts';
import { CLOCK } from '../clock.ts';
import { CommandDesk } from '../event-log/command-desk.ts';
import { EVENT_LOG, type EventLog } from '../event-log/event-log.ts';
import { EventLogError } from '../event-log/event-log-error.ts';
import { openLog } from '../event-log/open-log.ts';
import { OBSERVATION_COMMANDS } from '../observation/observation.commands.ts';
import { exerciseBeginning, exerciseSecrets } from './exercise-log.ts';
import { ExerciseRunner } from './exercise.runner.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
/** Fourteen weeks on a machine that others use too. */
const LONG_MS = 240_000;
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe('the exercise', () => {
  it(
    'founds its centre and tells fourteen weeks within seconds',
    async () => {
      const before = process.cpuUsage();
      const { runner, log } = await exercise('juniper', NOW);
      await runner.open();
      // Of the processor, not of the clock: others run beside this test.
      expect(process.cpuUsage(before).user).toBeLessThan(15_000_000);
      expect(log.head().seq).toBeGreaterThan(2_700);
      const leaves = await leavesOf(log);
      for (const beat of Object.values(BEATS)) {
        expect(leaves.some((leaf) => leaf.includes(`"subject":"observation/${beat}"`))).toBe(true);
      }
      expect(leaves.some((leaf) => leaf.includes('clockadjusted'))).toBe(false);
    },
    LONG_MS,
  );

  it(
    'gives the same leaves for the same seed, start and clock',
    async () => {
      const lived = async () => {
        const { runner, log, clock } = await exercise(
          'juniper',
          NOW - 80 * DAY_MS,
          '2026-08-15T20:00:00Z',
        );
        await runner.open();
        for (let tick = 0; tick < 60; tick += 1) {
          clock.now += TICK_MS;
          await runner.advance();
        }
        return leavesOf(log);
      };
      expect(await lived()).toEqual(await lived());
    },
    LONG_MS,
  );

  it(
    'reports from another seed are others',
    async () => {
      const leaves = async (seed: string) => {
        const { runner, log } = await exercise(seed, NOW - 95 * DAY_MS, '2026-08-15T20:00:00Z');
        await runner.open();
        return leavesOf(log);
      };
      expect(await leaves('juniper')).not.toEqual(await leaves('rowan'));
    },
    LONG_MS,
  );

  it(
    'fills the gap after a night without a node, and tells nothing twice',
    async () => {
      const { runner, log, clock, again } = await exercise(
        'juniper',
        NOW - 60 * DAY_MS,
        '2026-08-15T20:00:00Z',
      );
      await runner.open();
      const before = await leavesOf(log);
      clock.now += 10 * HOUR_MS;
      await (await again()).open();
      const after = await leavesOf(log);
      expect(after.slice(0, before.length)).toEqual(before);
      expect(after.length).toBeGreaterThan(before.length);
      const unbroken = await exercise('juniper', clock.now, '2026-08-15T20:00:00Z');
      await unbroken.runner.open();
      expect(after).toEqual(await leavesOf(unbroken.log));
    },
    LONG_MS,
  );

  it(
    'begins with what is there on a full disk, and goes on from it once there is room',
    async () => {
      const { runner, log, clock, again } = await exercise(
        'juniper',
        NOW - 60 * DAY_MS,
        '2026-08-15T20:00:00Z',
      );
      await runner.open();
      const before = await leavesOf(log);
      clock.now += 10 * HOUR_MS;
      const { append } = log;
      log.append = () => Promise.reject(new EventLogError('storage_full', 'no room'));
      const restarted = await again();
      await restarted.open();
      await restarted.advance();
      expect(await leavesOf(log)).toEqual(before);
      log.append = append;
      await restarted.advance();
      const unbroken = await exercise('juniper', clock.now, '2026-08-15T20:00:00Z');
      await unbroken.runner.open();
      expect(await leavesOf(log)).toEqual(await leavesOf(unbroken.log));
    },
    LONG_MS,
  );

  it(
    'tells one report after the other where the log keeps no order of calls',
    async () => {
      const { runner, log } = await exercise('juniper', NOW - 95 * DAY_MS, '2026-08-15T20:00:00Z');
      Object.assign(log, { traits: { ...log.traits, keepsOrderOfCalls: false } });
      let [underWay, most] = [0, 0];
      const { append } = log;
      log.append = async (...call) => {
        most = Math.max(most, (underWay += 1));
        try {
          return await append.apply(log, call);
        } finally {
          underWay -= 1;
        }
      };
      await runner.open();
      expect([most, log.head().seq > 20]).toEqual([1, true]);
    },
    LONG_MS,
  );

  it(
    'goes on in real time with reports of both contingents',
    async () => {
      const { runner, log, clock } = await exercise(
        'juniper',
        NOW - 90 * DAY_MS,
        '2026-08-15T20:00:00Z',
      );
      await runner.open();
      const before = log.head().seq;
      for (let tick = 0; tick < 150; tick += 1) {
        clock.now += TICK_MS;
        await runner.advance();
      }
      const told = (await leavesOf(log)).slice(before + 1);
      expect(told.length).toBeGreaterThan(8);
      expect(told.some((leaf) => leaf.includes('"contingent":"alfa"'))).toBe(true);
      expect(told.some((leaf) => leaf.includes('"contingent":"bravo"'))).toBe(true);
    },
    LONG_MS,
  );
});

async function exercise(seed: string, nowMs: number, start?: string) {
  const clock = { now: nowMs };
  const settings = start === undefined ? { seed } : { seed, start };
  const { startMs, logId } = exerciseBeginning(settings, nowMs);
  const log = await openLog({
    folder: ':memory:',
    exercise: true,
    now: () => startMs,
    ...(logId === undefined ? {} : { logId }),
  });
  const desk = new CommandDesk({
    log,
    now: () => clock.now,
    drawSecret: exerciseSecrets(log.head().logId),
  });
  const again = async () => {
    const module = await Test.createTestingModule({
      imports: [CqrsModule.forRoot()],
      providers: [
        { provide: EVENT_LOG, useValue: log },
        { provide: CLOCK, useValue: () => clock.now },
        { provide: CommandDesk, useValue: desk },
        CentreBook,
        ...CENTRE_COMMANDS,
        ...CEASEFIRE_COMMANDS,
        ...OBSERVATION_COMMANDS,
        ExerciseRunner,
      ],
    }).compile();
    await module.init();
    module.get(CommandBus);
    return module.get(ExerciseRunner);
  };
  closing.push(() => log.close());
  return { runner: await again(), log, clock, again };
}

async function leavesOf(log: EventLog): Promise<readonly string[]> {
  const leaves: string[] = [];
  for (let after = -1; ;) {
    const page = await log.page(after, 1_000);
    leaves.push(...page.events.map(({ leaf }) => leaf));
    if (page.atHead) return leaves;
    after = page.reached;
  }
}
