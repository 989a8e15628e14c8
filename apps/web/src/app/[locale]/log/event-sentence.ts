import type { LogEntry } from '@ceasewatch/api/contract/log';
import type { CeasefireEvent } from '@ceasewatch/domain/ceasefire/ceasefire.events';
import type { ObservationEvent } from '@ceasewatch/domain/observation/observation.events';
import { type DisplayGroup, displayGroup } from '@ceasewatch/domain/observation/vocabulary';
import {
  type KnownEvent,
  MalformedEvent,
  UnknownEventType,
  validateEvent,
} from '@ceasewatch/domain/upcast';
import { toTheMinute } from '../../../format/date-time.ts';
import { type Sentence, sentenceOf, wholeSentence } from '../../../format/sentence.ts';
import { type Names, shortId, type Words } from '../../../format/words.ts';
import { nameIn } from '../../../shell/use-centre.ts';
import { centreRest } from './centre-sentence.ts';

/**
 * Any event of the log as one sentence: "Unit opened — Post Alder, post of Alfa, at 40.51230, 46.79260
 * ± 10 m". The data is held against its schema first, because whoever looks at the raw log may be
 * looking for what should not be there; what does not fit its type says so.
 */
export interface EventSentence extends Sentence {
  /** What is drawn beside it: the display group of an observation, else nothing. */
  readonly group: DisplayGroup | null;
}

/** What a sentence is told with: the catalogue, the centre's names, its zone, the reader's language. */
export interface Telling {
  readonly words: Words;
  readonly names: Names;
  readonly zone: string;
  readonly locale: string;
}

export function eventSentence(
  entry: Pick<LogEntry, 'envelope' | 'disclosed'>,
  telling: Telling,
): EventSentence {
  const { words } = telling;
  try {
    const event = validateEvent(entry);
    const told = restOf(event, entry.disclosed, telling);
    return { lead: typeName(event.type, words), rest: told.rest, group: told.group ?? null };
  } catch (error) {
    const { type } = entry.envelope;
    if (error instanceof UnknownEventType)
      return { lead: type, rest: words('log.sentence.unknownType'), group: null };
    if (error instanceof MalformedEvent) {
      return {
        lead: type,
        rest: words('log.sentence.malformed', { field: error.field }),
        group: null,
      };
    }
    throw error;
  }
}

/** `observation.recorded.v1` → "Observation recorded". */
export function typeName(type: KnownEvent['type'], words: Words): string {
  return words(`log.type.${type}`);
}

type Disclosed = LogEntry['disclosed'];
interface Told {
  readonly rest: string;
  readonly group?: DisplayGroup;
}

function restOf(event: KnownEvent, disclosed: Disclosed, telling: Telling): Told {
  switch (event.type) {
    case 'log.opened.v1':
      return { rest: opened(event.data, telling.words) };
    case 'observation.recorded.v1':
    case 'observation.corrected.v1':
    case 'observation.retracted.v1':
    case 'observation.reinstated.v1':
    case 'disclosure.erased.v1':
      return observationRest(event, telling);
    case 'ceasefire.declared.v1':
    case 'ceasefire.ended.v1':
      return { rest: ceasefireRest(event, telling) };
    default:
      return { rest: centreRest(event, disclosed, telling) };
  }
}

function opened(
  data: { readonly logId: string; readonly exercise: boolean; readonly leafRule: number },
  words: Words,
): string {
  const mode = data.exercise ? words('log.sentence.exercise') : words('log.sentence.real');
  return words('log.sentence.opened', {
    log: `…${shortId(data.logId)}`,
    mode,
    rule: data.leafRule,
  });
}

function observationRest(event: ObservationEvent, { words, names }: Telling): Told {
  switch (event.type) {
    case 'observation.recorded.v1': {
      const told = toldOf(event.data);
      return { rest: wholeSentence(told, words, names), group: told.group };
    }
    case 'observation.corrected.v1': {
      const { corrects, reason, ...content } = event.data;
      const told = toldOf(content);
      const sentence = words('sentence.whole', { ...sentenceOf(told, words, names) });
      const parts = { version: corrects, reason: words(`words.reason.${reason}`), sentence };
      return { rest: words('log.sentence.corrected', parts), group: told.group };
    }
    case 'observation.retracted.v1': {
      const { retracts, reason } = event.data;
      return {
        rest: words('log.sentence.retracted', {
          version: retracts,
          reason: words(`words.reason.${reason}`),
        }),
      };
    }
    case 'observation.reinstated.v1':
      return { rest: words('log.sentence.reinstated', { version: event.data.reinstates }) };
    case 'disclosure.erased.v1': {
      const { digests, event: erased, reason } = event.data;
      return {
        rest: words('log.sentence.erased', {
          n: digests.length,
          event: `…${shortId(erased)}`,
          reason,
        }),
      };
    }
    default:
      return event satisfies never;
  }
}

type Content = Extract<ObservationEvent, { type: 'observation.recorded.v1' }>['data'];

function toldOf<Data extends Content>(data: Data): Data & { readonly group: DisplayGroup } {
  return { ...data, group: displayGroup(data.kind, data.weapon?.category) };
}

function ceasefireRest(event: CeasefireEvent, { words, zone, locale }: Telling): string {
  if (event.type === 'ceasefire.ended.v1') {
    const { endedAt, declaredBy } = event.data;
    return words('log.sentence.ended', { time: toTheMinute(endedAt, zone), by: declaredBy });
  }
  const { name, parties, inForceAt, zone: textZone } = event.data;
  return words('log.sentence.declared', {
    name: nameIn(name, locale),
    parties: listed(
      parties.map((party) => nameIn(party.name, locale)),
      words,
    ),
    time: toTheMinute(inForceAt, textZone),
  });
}

function listed(all: readonly string[], words: Words): string {
  const last = all.at(-1) ?? '';
  return all.length < 2 ? last : words('format.and', { first: all.slice(0, -1).join(', '), last });
}
