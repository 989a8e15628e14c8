import { saidReading } from './digits.ts';
import type { Ahead, Aims, Measured, MeasuredContender, Peer, Row, Spread } from './harness.ts';

/** One aim of a row, what was measured beside it, and whether that reaches it. */
export interface Verdict {
  readonly said: string;
  readonly reached: boolean;
}

/** A verdict for each aim that the row has; what was not measured was not reached. */
export function verdictsOf(row: Row, measured: Measured): readonly Verdict[] {
  const { contenders, ratio } = measured;
  return [
    ...ownVerdicts(row.aims, contenders[0], contenders),
    ...row.contenders.flatMap(({ name, aims }) => {
      const measuredOne = contenders.find((each) => each.name === name);
      return ownVerdicts(aims, measuredOne, contenders).map(({ said, reached }) => {
        return { said: `${name}: ${said}`, reached };
      });
    }),
    ...addedVerdicts(row, contenders),
    ...contenders.flatMap((contender) => readingVerdicts(row, contender)),
    ...ratioVerdicts(row, ratio),
    ...aheadVerdicts(row, measured),
  ];
}

/** Of every peer that the row has: one that was not measured, for want of a server or of `--peers`, was not surpassed. */
function aheadVerdicts({ peers = [] }: Row, { ahead = [] }: Measured): readonly Verdict[] {
  const missing = peers.filter(({ name }) => ahead.every(({ of }) => of !== name));
  const notMeasured =
    ahead.length === 0 && missing.length > 0 ? ['every peer'] : missing.map(({ name }) => name);
  return [
    ...ahead.flatMap((each) => aheadVerdict(each, peers)),
    ...notMeasured.map((of) => ({ said: `ahead of ${of}: not measured`, reached: false })),
  ];
}

function aheadVerdict(
  { of, ratio: { median }, saturated = false }: Ahead,
  peers: readonly Peer[],
): readonly Verdict[] {
  const wanted = peers.find(({ name }) => name === of)?.surpassed;
  const reached = median > 1;
  if (saturated) return [{ said: `${of} is saturated: ${reached ? 'ahead' : 'behind'}`, reached }];
  const said = `${median.toFixed(2)} times ${of}`;
  if (wanted !== undefined) return verdict(said, wanted, (aim) => median >= aim);
  return [{ said: `${said}: ${reached ? 'ahead' : 'behind'}`, reached }];
}

function ownVerdicts(
  aims: Aims = {},
  measured: MeasuredContender | undefined,
  all: readonly MeasuredContender[],
): readonly Verdict[] {
  const perCore = 1e6 / (measured?.cpuMicros.median ?? Number.NaN);
  const perSecond = measured?.rate.median ?? Number.NaN;
  const { p50Ms, p95Ms, p99Ms, maxMs } = measured?.latency ?? {};
  const most = measured?.memoryMb?.most.median ?? Number.NaN;
  return [
    ...verdict(`${Math.round(perSecond).toLocaleString('en')}/s`, aims.perSecond, (aim) => {
      return perSecond >= aim;
    }),
    ...verdict(`${Math.round(perCore).toLocaleString('en')}/s per core`, aims.perCore, (aim) => {
      return perCore >= aim;
    }),
    ...within('p50', p50Ms, aims.p50Ms),
    ...within('p95', p95Ms, aims.p95Ms),
    ...within('p99', p99Ms, aims.p99Ms),
    ...within('slowest', maxMs, aims.maxMs),
    ...slowerVerdicts(aims, perSecond, all),
    ...verdict(
      `${Math.round(most).toLocaleString('en')} MB at most`,
      aims.memoryMb,
      (aim) => most <= aim,
    ),
  ];
}

function slowerVerdicts(
  { slower }: Aims,
  perSecond: number,
  all: readonly MeasuredContender[],
): readonly Verdict[] {
  if (slower === undefined) return [];
  const { than, times: most } = slower;
  const times = (all.find(({ name }) => name === than)?.rate.median ?? Number.NaN) / perSecond;
  return verdict(`${times.toFixed(2)} times the time of ${than}`, most, (aim) => times <= aim);
}

function readingVerdicts(
  { aims: { most = {} } = {} }: Row,
  { name, readings }: MeasuredContender,
): readonly Verdict[] {
  return Object.entries(most).flatMap(([reading, aim]) => {
    const { median } = readings?.[reading] ?? NOT_MEASURED;
    return verdict(`${name}: ${saidReading(reading, median)}`, aim, (limit) => median <= limit);
  });
}

function addedVerdicts(
  { aims: { adds } = {} }: Row,
  contenders: readonly MeasuredContender[],
): readonly Verdict[] {
  if (adds === undefined) return [];
  const medianOf = (contender: MeasuredContender | undefined) =>
    contender?.latency?.p50Ms.median ?? Number.NaN;
  const added = medianOf(contenders[0]) - medianOf(contenders.find(({ name }) => name === adds.to));
  return verdict(`adds ${added.toFixed(2)} ms to ${adds.to}`, adds.ms, (most) => added <= most);
}

function ratioVerdicts({ aim }: Row, ratio: Spread | undefined): readonly Verdict[] {
  if (aim === undefined) return [];
  const { median, lowest, highest } = ratio ?? NOT_MEASURED;
  const said = `ratio ${median.toFixed(2)} (${lowest.toFixed(2)} to ${highest.toFixed(2)})`;
  return verdict(said, aim.ratio, (wanted) => median >= wanted);
}

const NOT_MEASURED: Spread = { median: Number.NaN, lowest: Number.NaN, highest: Number.NaN };

function within(name: string, measured: Spread | undefined, aim: number | undefined) {
  const { median } = measured ?? NOT_MEASURED;
  return verdict(`${name} ${median.toFixed(1)} ms`, aim, (most) => median <= most);
}

function verdict(
  said: string,
  aim: number | undefined,
  reaches: (aim: number) => boolean,
): readonly Verdict[] {
  if (aim === undefined) return [];
  const reached = reaches(aim);
  return [{ said: `${said}, aim ${aim}: ${reached ? 'reached' : 'missed'}`, reached }];
}
