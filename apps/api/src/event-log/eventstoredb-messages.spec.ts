import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { describe, expect, it } from '@jest/globals';
import { acknowledgedBy, appendRequest, saidBy } from './eventstoredb-messages.ts';

const ID = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
const bufferOf = (message: { serializeBinary(): Uint8Array }) =>
  Buffer.from(message.serializeBinary());
const inBase64 = (text: string) => Buffer.from(text).toString('base64');

/** Held against the client's own generated classes, which read and write the same bytes. */
describe('an append on the wire', () => {
  const event = { id: ID, type: 'x.y.v1', data: '{"text":"Ωλα 🛰"}', mark: 'a-mark' };

  it.each([
    ['none', undefined],
    [0, '0'],
    [2 ** 40 + 5, `${2 ** 40 + 5}`],
  ] as const)('expecting %s says what was to be said (T18)', (expected, position) => {
    const at = 1_790_000_000_123;
    const request = streamsPb.BatchAppendReq.deserializeBinary(
      appendRequest(ID, 'cw.λ-1', expected, at, [event, event]),
    );
    const options = request.getOptions();
    expect(request.getCorrelationId()?.getString()).toBe(ID);
    expect(request.getIsFinal()).toBe(true);
    expect(options?.hasNoStream()).toBe(position === undefined);
    if (position !== undefined) expect(options?.getStreamPosition()).toBe(position);
    expect(options?.getStreamIdentifier()?.getStreamName_asB64()).toBe(inBase64('cw.λ-1'));
    expect(options?.getDeadline()?.toDate().getTime()).toBe(at);
    const [message, again] = request.getProposedMessagesList();
    expect(again?.getId()?.getString()).toBe(ID);
    expect(message?.getData_asB64()).toBe(inBase64(event.data));
    expect(message?.getCustomMetadata_asB64()).toBe(inBase64('{"append":"a-mark"}'));
    expect(message?.getMetadataMap().toObject()).toEqual([
      ['content-type', 'application/json'],
      ['type', 'x.y.v1'],
    ]);
  });

  it.each([0, 1, 127, 128, 2 ** 35 + 1])(
    'is answered with the revision %i of what was written last (T19)',
    (revision) => {
      const answer = new streamsPb.BatchAppendResp();
      answer.setCorrelationId(new sharedPb.UUID().setString(ID));
      answer.setSuccess(new streamsPb.BatchAppendResp.Success().setCurrentRevision(`${revision}`));
      expect(acknowledgedBy(bufferOf(answer))).toEqual({ correlation: ID, revision });
    },
  );
});

describe('a record of a subscription', () => {
  const said = (data: string, isJson = true, metadata = '') => {
    const record = new streamsPb.ReadResp.ReadEvent.RecordedEvent();
    record.setId(new sharedPb.UUID().setString(ID));
    record.setStreamIdentifier(new sharedPb.StreamIdentifier().setStreamName(inBase64('cw.λ-1')));
    record.setStreamRevision('300');
    record.setCommitPosition('18446744073709551615');
    record.setPreparePosition('9007199254740993');
    record.getMetadataMap().set('type', 'x.y.v1').set('created', '1');
    if (isJson) record.getMetadataMap().set('content-type', 'application/json');
    record.setCustomMetadata(inBase64(metadata));
    record.setData(inBase64(data));
    const event = new streamsPb.ReadResp.ReadEvent().setEvent(record);
    return saidBy(bufferOf(new streamsPb.ReadResp().setEvent(event)));
  };

  it('is read with all of its numbers', () => {
    expect(said('{"text":"Ωλα 🛰"}')).toEqual({
      kind: 'event',
      event: {
        streamId: 'cw.λ-1',
        id: ID,
        revision: 300n,
        type: 'x.y.v1',
        isJson: true,
        data: { text: 'Ωλα 🛰' },
        position: { commit: 2n ** 64n - 1n, prepare: 2n ** 53n + 1n },
      },
    });
  });

  it('tells which append wrote it, where its metadata say nothing else', () => {
    expect(said('{}', true, '{"append":"a-mark"}')).toMatchObject({ event: { mark: 'a-mark' } });
    for (const other of ['', '{}', '{"append":5}', '{"append":"a","more":1}', 'no JSON']) {
      expect(said('{}', true, other)).not.toHaveProperty('event.mark');
    }
  });

  it.each([
    ['{"half', true],
    ['any bytes', false],
  ])('stays a text when it is %j', (data, isJson) => {
    expect(said(data, isJson)).toMatchObject({ event: { isJson, data } });
  });

  it('that was cut off is refused', () => {
    const whole = bufferOf(
      new streamsPb.ReadResp().setEvent(new streamsPb.ReadResp.ReadEvent().setCommitPosition('5')),
    );
    expect(() => saidBy(whole.subarray(0, 3))).toThrow(RangeError);
  });

  it.each([
    ['confirmation', 'setConfirmation', new streamsPb.ReadResp.SubscriptionConfirmation()],
    ['checkpoint', 'setCheckpoint', new streamsPb.ReadResp.Checkpoint().setCommitPosition('5')],
    ['caught up', 'setCaughtUp', new streamsPb.ReadResp.CaughtUp()],
    ['other', 'setFellBehind', new streamsPb.ReadResp.FellBehind()],
  ] as const)('may be only a sign: %s', (kind, set, content) => {
    const message = new streamsPb.ReadResp();
    Reflect.apply(message[set], message, [content]);
    expect(saidBy(bufferOf(message))).toEqual({ kind });
  });

  it('of a link whose target is gone is none (T22)', () => {
    const link = new streamsPb.ReadResp.ReadEvent.RecordedEvent().setStreamRevision('1');
    const event = new streamsPb.ReadResp.ReadEvent().setLink(link).setCommitPosition('5');
    expect(saidBy(bufferOf(new streamsPb.ReadResp().setEvent(event)))).toEqual({ kind: 'other' });
  });
});
