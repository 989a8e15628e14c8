import type { Traffic } from '../http/traffic.ts';
import type { Raised } from './alarm-watch.ts';
import { ALARMS } from './alarms.ts';
import type { Signs } from './vital-signs.ts';

/** The node's figures in Prometheus' text form, version 0.0.4. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

const STORE_STATES: readonly Signs['store']['state'][] = ['here', 'full', 'away', 'damaged'];

export function metricsText(detail: Signs, raised: readonly Raised[], traffic: Traffic): string {
  return [
    ...single('events_appended_total', 'counter', 'Events in the log.', detail.head + 1),
    ...single(
      'projection_lag_events',
      'gauge',
      'Events the read model is behind the log.',
      detail.lag,
    ),
    ...labelled(
      'store_state',
      'gauge',
      'One for the present state of the store.',
      STORE_STATES.map((state) => [`state="${state}"`, state === detail.store.state ? 1 : 0]),
    ),
    ...single(
      'store_state_seconds',
      'gauge',
      'How long the store has been in its state.',
      detail.store.forS,
    ),
    ...single(
      'unreadable_records',
      'gauge',
      "Records in the log's streams that are no events of it.",
      detail.store.unreadable.length,
    ),
    ...single(
      'import_rows_under_way',
      'gauge',
      'Rows of tables between reading and recording.',
      detail.tableRows,
    ),
    ...labelled('read_model_state', 'gauge', 'One for the present state.', [
      [`state="${detail.readModel}"`, 1],
    ]),
    ...single(
      'columns_loaded',
      'gauge',
      'One where figures are summed from memory: the first question loads what they need.',
      Number(detail.columnsLoaded),
    ),
    ...single(
      'verification_failed',
      'gauge',
      'One where the last whole walk over the log could not be done.',
      Number(detail.verificationFailed),
    ),
    ...verified(detail.verified),
    ...labelled('live_sockets', 'gauge', 'Open sockets.', [
      ['state="connected"', detail.sockets.connected],
      ['state="streaming"', detail.sockets.streaming],
    ]),
    ...labelled(
      'queue_length',
      'gauge',
      'What waits, or is under way, where there is a bound.',
      detail.queues.map(({ name, length }) => [`queue="${name}"`, length]),
    ),
    ...labelled(
      'queue_limit',
      'gauge',
      'How much may; beyond that whoever comes is told to come again.',
      detail.queues.map(({ name, limit }) => [`queue="${name}"`, limit]),
    ),
    ...labelled(
      'queue_refused_total',
      'counter',
      'How often somebody was told to come again.',
      detail.queues.flatMap(({ name, refused }) =>
        refused === undefined ? [] : [[`queue="${name}"`, refused] as const],
      ),
    ),
    ...single(
      'http_requests_under_way',
      'gauge',
      'Requests not yet answered.',
      detail.requestsUnderWay,
    ),
    ...labelled(
      'http_requests_total',
      'counter',
      'Answers by method and class of status.',
      [...traffic.answered].map(([name, value]) => {
        const [method = '', status = ''] = name.split(' ');
        return [`method="${method}",status="${status}"`, value];
      }),
    ),
    ...submissions(traffic),
    ...labelled(
      'event_loop_delay_seconds',
      'gauge',
      'Delay of the event loop in the last minute.',
      [
        ['quantile="0.5"', detail.eventLoopDelayMs.p50 / 1000],
        ['quantile="0.99"', detail.eventLoopDelayMs.p99 / 1000],
        ['quantile="1"', detail.eventLoopDelayMs.max / 1000],
      ],
    ),
    ...labelled(
      'alarm',
      'gauge',
      'One while somebody should look.',
      ALARMS.map(({ name }) => [
        `alarm="${name}"`,
        Number(raised.some((each) => each.name === name)),
      ]),
    ),
    ...single('process_cpu_seconds_total', 'counter', 'Processor time used.', detail.cpuSeconds),
    ...single('resident_memory_bytes', 'gauge', 'Memory of the process.', detail.residentBytes),
    ...single('heap_bytes', 'gauge', 'Heap in use.', detail.heapBytes),
    ...single('uptime_seconds', 'gauge', 'Since the start.', detail.uptimeS),
    '',
  ].join('\n');
}

type Kind = 'counter' | 'gauge' | 'histogram';

function head(name: string, kind: Kind, help: string): string[] {
  return [`# HELP ceasewatch_${name} ${help}`, `# TYPE ceasewatch_${name} ${kind}`];
}

function single(name: string, kind: Kind, help: string, value: number): string[] {
  return [...head(name, kind, help), `ceasewatch_${name} ${value}`];
}

function labelled(
  name: string,
  kind: Kind,
  help: string,
  values: readonly (readonly [labels: string, value: number])[],
): string[] {
  return [
    ...head(name, kind, help),
    ...values.map(([labels, value]) => `ceasewatch_${name}{${labels}} ${value}`),
  ];
}

/** Nothing before the first walk has ended. */
function verified(last: Signs['verified']): string[] {
  if (last === null || last.endedAt === null) return [];
  return [
    ...single(
      'verification_flaws',
      'gauge',
      'Flaws of the log that the last walk over it found.',
      last.flaws,
    ),
    ...single(
      'verification_rows_differed',
      'gauge',
      'Rows that were other than the log makes them.',
      last.rowsDiffered,
    ),
    ...single(
      'verification_ended_seconds',
      'gauge',
      'When it ended, since 1970.',
      Date.parse(last.endedAt) / 1000,
    ),
  ];
}

function submissions({ submissions: byRoute }: Traffic): string[] {
  const name = 'submission_duration_seconds';
  return [
    ...head(name, 'histogram', 'How long it took to record what was sent, by route.'),
    ...[...byRoute].flatMap(([route, { buckets, requests, sumS }]) => {
      const label = `route="${route}"`;
      return [
        ...buckets.map(
          ([upTo, count]) => `ceasewatch_${name}_bucket{${label},le="${upTo}"} ${count}`,
        ),
        `ceasewatch_${name}_bucket{${label},le="+Inf"} ${requests}`,
        `ceasewatch_${name}_sum{${label}} ${sumS}`,
        `ceasewatch_${name}_count{${label}} ${requests}`,
      ];
    }),
  ];
}
