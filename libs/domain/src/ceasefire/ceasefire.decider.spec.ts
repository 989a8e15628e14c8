import { describe, expect, it } from '@jest/globals';
import { given } from '../testing/given-when-then.ts';
import { type CeasefireCommand, ceasefireDecider } from './ceasefire.decider.ts';
import type { CeasefireEvent } from './ceasefire.events.ts';

const data = {
  name: { en: 'Juniper ceasefire' },
  parties: [
    {
      party: 'northland',
      name: { en: 'Northland' },
      roles: ['signatory' as const, 'party' as const],
    },
    {
      party: 'southland',
      name: { en: 'Southland' },
      roles: ['signatory' as const, 'party' as const],
    },
  ],
  inForceAt: '2026-08-15T20:00:00.000Z',
  zone: 'Asia/Baku',
  sources: [{ title: 'Juniper protocol' }],
};
const declare: CeasefireCommand = { type: 'declare', data };
const declared: CeasefireEvent = { type: 'ceasefire.declared.v1', data };
const ending = { endedAt: '2026-12-01T00:00:00.000Z', declaredBy: 'Northland' };
const end: CeasefireCommand = { type: 'end', data: ending };
const ended: CeasefireEvent = { type: 'ceasefire.ended.v1', data: ending };

describe('a ceasefire', () => {
  it('is declared with the words that were signed', () => {
    given(ceasefireDecider).when(declare).then([declared]);
    expect(given(ceasefireDecider, [declared]).state).toMatchObject({
      status: 'declared',
      ...data,
    });
  });

  it('declared twice with the same words is declared once', () => {
    given(ceasefireDecider).when(declare).thenOnlyOnce();
  });

  it('keeps its words', () => {
    given(ceasefireDecider, [declared])
      .when({ type: 'declare', data: { ...data, inForceAt: '2026-08-16T00:00:00.000Z' } })
      .thenRefused('invalid', 'already_declared');
  });

  it('names every party once, with all its roles', () => {
    given(ceasefireDecider)
      .when({ type: 'declare', data: { ...data, parties: [...data.parties, ...data.parties] } })
      .thenRefused('invalid', 'party_twice', 'parties');
  });

  it('ends once, by whoever declared it over', () => {
    given(ceasefireDecider, [declared]).when(end).then([ended]);
    given(ceasefireDecider, [declared]).when(end).thenOnlyOnce();
    given(ceasefireDecider, [declared, ended])
      .when({ type: 'end', data: { ...ending, declaredBy: 'Southland' } })
      .thenRefused('invalid', 'already_ended');
  });

  it('does not end before it began, or without having begun', () => {
    given(ceasefireDecider).when(end).thenRefused('not_found', 'no_ceasefire');
    given(ceasefireDecider, [declared])
      .when({ type: 'end', data: { ...ending, endedAt: data.inForceAt } })
      .thenRefused('invalid', 'before_the_ceasefire', 'endedAt');
  });
});
