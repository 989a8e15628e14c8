// The house rules of CONTRIBUTING.md as one plain test. A line in the wrong room fails here with a
// sentence that says where it belongs; a rule that is in the way is changed here, with its reason.
import { describe, expect, test } from '@jest/globals';
import {
  importsOf,
  isTest,
  lineOf,
  projectFiles,
  readSource,
  withoutComments,
  withoutStrings,
  type SourceFile,
} from './scripts/source-tree.ts';

const SQL_READ = /\bSELECT\s+[\w*(]/g;
const SQL_WRITE =
  /\b(INSERT\s+(OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\b/g;
const SQL = new RegExp(`${SQL_READ.source}|${SQL_WRITE.source}|\\bCREATE\\s+(TABLE|INDEX)\\b`, 'g');
const CLOCK_OR_CHANCE = /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.now\b/g;

/** What a kind of file must not hold. `code` is looked at without strings, `text` with them. */
interface Law {
  readonly files: RegExp;
  readonly except?: RegExp;
  readonly code?: RegExp;
  readonly text?: RegExp;
  readonly belongs: string;
}

const LAWS: readonly Law[] = [
  {
    files: /\.events\.ts$/,
    code: /\bawait\b|\bswitch\b|\bthrow\b|\bDate\b|\bMath\.random\b/g,
    belongs:
      "an .events.ts holds what was written for ever; what chooses belongs in the noun's .decider.ts",
  },
  {
    files: /\.decider\.ts$/,
    code: /\bawait\b|\basync\b|\bDate\b|\bMath\.random\b/g,
    belongs: 'a decider is pure; time and chance arrive as arguments of the command, from the edge',
  },
  {
    files: /^libs\/(domain|tlog)\/src\//,
    code: new RegExp(
      `${CLOCK_OR_CHANCE.source}|\\bprocess\\.|\\bconsole\\.|\\bsetTimeout\\(|\\bfetch\\(`,
      'g',
    ),
    belongs: 'the libraries have no clock, no chance and no outside world; that belongs in apps/',
  },
  {
    files: /^libs\/tlog\/src\//,
    code: /\w*(observation|ceasefire|contingent|officer)\w*/gi,
    belongs: 'tlog knows bytes, not ceasefires; a noun of the log belongs in libs/domain',
  },
  {
    files: /\.(controller|gateway)\.ts$/,
    text: SQL,
    code: /\bDatabaseSync\b|\.prepare\(|\b(decide|evolve|fold)\(/g,
    belongs:
      "an edge parses, dispatches and answers; rows belong in the slice's .queries.ts and .projection.ts, deciding in its .commands.ts",
  },
  {
    files: /\.commands\.ts$/,
    text: SQL,
    code: /\brefuse\(|\bnew Refusal\(/g,
    belongs:
      "a command loads and appends through decideAndAppend; a rule belongs in the noun's .decider.ts, SQL in .queries.ts or .projection.ts",
  },
  {
    files: /\.projection\.ts$/,
    code: new RegExp(`${CLOCK_OR_CHANCE.source}|\\b[Cc]ommandBus\\b|\\b[Ee]ventBus\\b`, 'g'),
    belongs:
      "a projection writes rows from the event's own times; what reacts belongs in a .policy.ts",
  },
  {
    files: /\.queries\.ts$/,
    text: SQL_WRITE,
    belongs: "a query reads; rows are written by the slice's .projection.ts",
  },
  {
    files: /^apps\/api\/src\/read-model\//,
    text: /\b(?:FROM|JOIN|INTO|UPDATE)\s+(?!(?:position|event|event_type|event_word|sqlite_schema|pragma_\w+)\b)[a-z]\w*/g,
    belongs:
      'the read model knows its own tables and those of SQLite; those of a slice are read where its projection makes them',
  },
  {
    files: /\.policy\.ts$/,
    text: new RegExp(`${SQL.source}|socket\\.io`, 'g'),
    belongs:
      'a policy holds its position and the command bus; rows belong to projections, sockets to live/',
  },
  {
    files: /^apps\/api\/src\/(main|config|app\.module)\.ts$/,
    text: SQL,
    belongs: 'main, config and app.module construct; behaviour belongs in a room',
  },
  {
    files: /^apps\/(api|auditor)\/src\//,
    except: /\/(config|main)\.ts$|\.main\.ts$/,
    code: /\bprocess\.env\b/g,
    belongs: 'settings are read once, in config.ts, and handed on',
  },
  {
    files: /\.tsx?$/,
    code: /\bas unknown as\b/g,
    belongs: 'a needed cast gets a function whose name says what guarantees it',
  },
];

/** Which rooms a room may import. A path ending in `/` is a room, else one file or a package. */
interface Arrow {
  readonly from: RegExp;
  readonly may: readonly RegExp[];
  readonly belongs: string;
}

const OUTSIDE = /^(?!apps\/|libs\/|bench\/|scripts\/)/;
const LIGHT = /^(?!apps\/|libs\/|bench\/|scripts\/|chart\.js(\/|$)|maplibre-gl(\/|$)|socket\.io)/;
const DOMAIN = /^libs\/domain\/src\//;
const TLOG = /^libs\/tlog\/src\//;
const CONTRACT = /^apps\/api\/src\/contract\//;
const API_ROOT = /^apps\/api\/src\/(?!main\.|app\.module\.)[^/]+$/;
const MODULE = /^apps\/api\/src\/.*\.module\.ts$/;
const EVENT_LOG = /^apps\/api\/src\/event-log\//;
const READ_MODEL = /^apps\/api\/src\/read-model\//;
const ACCESS = /^apps\/api\/src\/access\//;
const HTTP = /^apps\/api\/src\/http\//;
const LIVE = /^apps\/api\/src\/(live|transparency)\//;
const VERIFICATION = /^apps\/api\/src\/verification\//;
const QUERIES = /^apps\/api\/src\/[^/]+\/[^/]+\.queries\.ts$/;
const COMMANDS = /^apps\/api\/src\/[^/]+\/[^/]+\.commands\.ts$/;
// Every command is judged against the centre as the writer knows it, whichever noun it speaks of.
const CENTRE_BOOK = /^apps\/api\/src\/centre\/centre-book\.ts$/;
// What is backed up and what is verified for a screen is judged by the stranger's own program.
const AUDITOR = /^apps\/auditor\/src\//;
const COPY_LOG = /^apps\/api\/src\/copy-log\//;
const SCREENS = [/^apps\/web\//, DOMAIN, TLOG, LIGHT];
const RULES = [DOMAIN, TLOG, CONTRACT, API_ROOT, OUTSIDE];
const ROOMS = [EVENT_LOG, READ_MODEL, ACCESS, HTTP, CENTRE_BOOK];
const NO_SLICE =
  'it never imports a slice: what it needs from one arrives as an argument, from app.module.ts';

// The first arrow whose `from` fits is the one that holds.
const ARROWS: readonly Arrow[] = [
  {
    from: /^libs\/domain\//,
    may: [DOMAIN, /^(zod|mgrs|proj4)$/],
    belongs: 'the domain imports itself, zod, mgrs and proj4; what needs more belongs in apps/',
  },
  {
    from: /^libs\/tlog\//,
    may: [TLOG, /^@noble\/hashes(\/|$)/],
    belongs: 'the proof imports hashing only, so that a stranger can review it alone',
  },
  {
    from: /^apps\/auditor\//,
    may: [/^apps\/auditor\//, DOMAIN, TLOG, OUTSIDE],
    belongs: 'the auditor trusts no server code: domain and tlog, never the api',
  },
  // Heavy packages that other machines may exchange one day, each behind one door of the screens.
  {
    from: /^apps\/web\/src\/charts\/chart\.tsx$/,
    may: [...SCREENS, /^chart\.js(\/|$)/],
    belongs: 'charts/chart.tsx is the door to chart.js and to no other heavy package',
  },
  {
    from: /^apps\/web\/src\/map\//,
    may: [...SCREENS, /^maplibre-gl(\/|$)/],
    belongs: 'map/ is the door to MapLibre and to no other heavy package',
  },
  {
    from: /^apps\/web\/src\/live\/live-socket\.ts$/,
    may: [...SCREENS, /^socket\.io-client(\/|$)/],
    belongs: 'live/live-socket.ts is the door to socket.io and to no other heavy package',
  },
  {
    from: /^apps\/web\//,
    may: SCREENS,
    belongs:
      'the screens see the api through types alone (`import type … from "@ceasewatch/api/contract/<noun>"`), chart.js through charts/chart.tsx, MapLibre through map/, socket.io through live/live-socket.ts',
  },
  {
    from: CONTRACT,
    may: [CONTRACT, DOMAIN, TLOG],
    belongs: 'the contract is types that the screens read; it drags no server code after it',
  },
  { from: EVENT_LOG, may: [EVENT_LOG, ...RULES], belongs: NO_SLICE },
  { from: READ_MODEL, may: [READ_MODEL, EVENT_LOG, ...RULES], belongs: NO_SLICE },
  { from: LIVE, may: [LIVE, MODULE, ...ROOMS, ...RULES], belongs: NO_SLICE },
  {
    from: /^apps\/api\/src\/(import|exercise)\//,
    may: [COMMANDS, QUERIES, MODULE, ...ROOMS, ...RULES],
    belongs:
      'importer and exercise take the same door as everybody: the commands and queries of a slice',
  },
  {
    from: /^apps\/api\/src\/(backup|verification)\//,
    may: [AUDITOR, MODULE, ...ROOMS, ...RULES],
    belongs: 'backups and verifications ask the auditor, which knows nothing of them',
  },
  {
    from: /^apps\/api\/src\/export\//,
    may: [COPY_LOG, QUERIES, MODULE, ...ROOMS, ...RULES],
    belongs:
      'an export asks a slice through its .queries.ts, and is read back as a log is copied: into the same target',
  },
  {
    from: /^apps\/api\/src\/health\//,
    may: [LIVE, VERIFICATION, QUERIES, MODULE, ...ROOMS, ...RULES],
    belongs: 'health asks every room how it is, but a slice only through its .queries.ts',
  },
  {
    from: /^apps\/api\/src\/[^/]+\//,
    may: [QUERIES, MODULE, ...ROOMS, ...RULES],
    belongs: 'a slice knows another only through events or its .queries.ts',
  },
];

const BAD_NAME = /(^|\/)(index|utils?|helpers?|common|shared|misc)(\/|\.[^/]*$)/;
const MOST_LINES = 400;

/** Lines that break a law of their file's kind. */
function strayLines({ path, text }: SourceFile): readonly string[] {
  if (isTest(path)) return [];
  return LAWS.filter((law) => law.files.test(path) && !law.except?.test(path)).flatMap((law) => {
    const code = withoutStrings(text);
    const found = [
      ...(law.code ? code.matchAll(law.code) : []),
      ...(law.text ? withoutComments(text).matchAll(law.text) : []),
    ];
    return found.map(
      (match) => `${path}:${lineOf(text, match.index)} holds \`${match[0]}\`: ${law.belongs}`,
    );
  });
}

/** Imports that go against the arrows between the rooms. */
function strayImports(file: SourceFile): readonly string[] {
  const arrow = ARROWS.find(({ from }) => from.test(file.path));
  if (arrow === undefined || isTest(file.path)) return [];
  const room = /^apps\/api\/src\/[^/]+\//.exec(file.path)?.[0];
  return importsOf(file)
    .filter(({ target, typeOnly }) => {
      if (room !== undefined && target.startsWith(room)) return false;
      if (typeOnly && file.path.startsWith('apps/web/') && CONTRACT.test(target)) return false;
      return !arrow.may.some((allowed) => allowed.test(target));
    })
    .map(({ target, line }) => `${file.path}:${line} imports ${target}: ${arrow.belongs}`);
}

const paths = projectFiles();
const sources = paths.filter((path) => /\.(ts|tsx|mjs)$/.test(path)).map(readSource);

describe('every line stands in its room', () => {
  test('each kind of file holds only what it may', () => {
    expect(sources.flatMap(strayLines)).toEqual([]);
  });
  test('imports follow the arrows', () => {
    expect(sources.flatMap(strayImports)).toEqual([]);
  });
  test(`no source file is longer than ${MOST_LINES} lines`, () => {
    const long = sources.filter(({ text }) => text.split('\n').length - 1 > MOST_LINES);
    expect(long.map(({ path }) => `${path}: split it by verb`)).toEqual([]);
  });
  test('no file or folder has a name that says nothing', () => {
    expect(paths.filter((path) => BAD_NAME.test(path))).toEqual([]);
  });
});

describe('the rules see what they forbid', () => {
  const planted: readonly [path: string, line: string, belongs: string][] = [
    ['libs/domain/src/observation/observation.events.ts', 'throw new Error()', '.decider.ts'],
    [
      'libs/domain/src/observation/observation.decider.ts',
      'const now = new Date(1);',
      'arrive as arguments',
    ],
    ['libs/domain/src/measure/when.ts', 'Date.now()', 'belongs in apps/'],
    ['libs/tlog/src/leaf.ts', 'const officerName = 1;', 'libs/domain'],
    [
      'apps/api/src/observation/observation.controller.ts',
      "db('SELECT id FROM observation')",
      '.queries.ts',
    ],
    [
      'apps/api/src/observation/observation.controller.ts',
      'decide(state, command)',
      '.commands.ts',
    ],
    [
      'apps/api/src/observation/observation.commands.ts',
      "throw refuse('invalid', {})",
      '.decider.ts',
    ],
    ['apps/api/src/observation/observation.projection.ts', 'const at = new Date();', '.policy.ts'],
    [
      'apps/api/src/read-model/columns-loading.ts',
      "db.prepare('SELECT id FROM observation_word')",
      'its projection makes them',
    ],
    [
      'apps/api/src/observation/observation.queries.ts',
      "db('DELETE FROM observation')",
      '.projection.ts',
    ],
    [
      'apps/api/src/alert/alert.policy.ts',
      "db('INSERT INTO alert VALUES (1)')",
      'belong to projections',
    ],
    ['apps/api/src/main.ts', "db('CREATE TABLE x (y)')", 'belongs in a room'],
    ['apps/api/src/live/live.gateway.ts', 'process.env.PORT', 'config.ts'],
    ['apps/web/src/a.tsx', 'value as unknown as number', 'whose name says'],
    [
      'libs/domain/src/decider.ts',
      "import { readFile } from 'node:fs';",
      'the domain imports itself',
    ],
    ['libs/tlog/src/leaf.ts', "import { z } from 'zod';", 'review it alone'],
    [
      'apps/auditor/src/replay.ts',
      "import { A } from '../../api/src/contract/centre.ts';",
      'never the api',
    ],
    ['apps/web/src/a.ts', "import { A } from '@ceasewatch/api/contract/centre';", 'types alone'],
    ['apps/web/src/format/a.ts', "import { Chart } from 'chart.js';", 'charts/chart.tsx'],
    [
      'apps/web/src/app/[locale]/situation/a.tsx',
      "import type { Map } from 'maplibre-gl';",
      'through map/',
    ],
    ['apps/web/src/live/live-feed.ts', "import { io } from 'socket.io-client';", 'live-socket.ts'],
    ['apps/web/src/map/a.ts', "import { Chart } from 'chart.js/auto';", 'the door to MapLibre'],
    [
      'apps/api/src/live/feed.ts',
      "import { A } from '../centre/centre.queries.ts';",
      'never imports a slice',
    ],
    [
      'apps/api/src/centre/centre.controller.ts',
      "import { A } from '../observation/observation.commands.ts';",
      'only through events',
    ],
    [
      'apps/api/src/import/import.ts',
      "import { A } from '../observation/observation.controller.ts';",
      'same door',
    ],
  ];
  test.each(planted)('%s: %s', (path, line, belongs) => {
    const findings = [...strayLines({ path, text: line }), ...strayImports({ path, text: line })];
    expect(findings.join('\n')).toContain(belongs);
  });
  test('and let through what they allow', () => {
    const comment = "// SELECT rows; Date.now() is the clock's\nconst text = 'throw refuse(';";
    expect(
      strayLines({ path: 'libs/domain/src/observation/observation.decider.ts', text: comment }),
    ).toEqual([]);
    const contract = "import type { A } from '@ceasewatch/api/contract/centre';";
    expect(strayImports({ path: 'apps/web/src/a.ts', text: contract })).toEqual([]);
  });
});
