import { nounOf } from '@ceasewatch/domain/recorded-event';
import { KNOWN_TYPES, type KnownEvent } from '@ceasewatch/domain/upcast';
import type { Words } from '../../../format/words.ts';

/** Words of an address or of an event that this version has a text for; others stand for themselves. */
export type KnownType = KnownEvent['type'];
export type KnownNoun = NounOf<KnownType>;
type NounOf<Type extends string> = Type extends `${infer Noun}.${string}` ? Noun : never;

export function isKnownType(type: string): type is KnownType {
  return KNOWN_TYPES.includes(type);
}

function isKnownNoun(noun: string): noun is KnownNoun {
  return KNOWN_TYPES.some((type) => nounOf(type) === noun);
}

export function nounWord(noun: string, words: Words): string {
  return isKnownNoun(noun) ? words(`log.noun.${noun}`) : noun;
}

export function typeWord(type: string, words: Words): string {
  return isKnownType(type) ? words(`log.type.${type}`) : type;
}
