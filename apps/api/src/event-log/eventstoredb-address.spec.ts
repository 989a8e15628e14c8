import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStoreAddress } from './eventstoredb-address.ts';

describe('the address of a store', () => {
  const read = (url: string) => readStoreAddress(url, '/nowhere');

  it('names one server on loopback without TLS', () => {
    expect(read('esdb://127.0.0.1:2113?tls=false')).toEqual({
      endpoints: [{ address: '127.0.0.1', port: 2113 }],
    });
    expect(read('esdb://localhost?tls=false')).toEqual({
      endpoints: [{ address: 'localhost', port: 2113 }],
    });
  });

  it('names several servers with TLS, a user and the file of its authority', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-ca-'));
    writeFileSync(join(folder, 'ca.crt'), '');
    const url = 'esdb://centre:a%3Ab%40c@one:2113,two:2114,three?tlsCAFile=ca.crt';
    expect(readStoreAddress(url, folder)).toEqual({
      endpoints: [
        { address: 'one', port: 2113 },
        { address: 'two', port: 2114 },
        { address: 'three', port: 2113 },
      ],
      tls: { caFile: join(folder, 'ca.crt') },
      user: { username: 'centre', password: 'a:b@c' },
    });
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['T14: a discover address', 'esdb+discover://a,b', 'must name its servers'],
    ['T15: no TLS to another machine', 'esdb://store:2113?tls=false', 'is another machine'],
    ['T15: TLS without its authority', 'esdb://store:2113', 'needs tlsCAFile'],
    ['T15: an authority that is not there', 'esdb://store?tlsCAFile=ca.crt', 'not there'],
    ['T15: an option that would be ignored', 'esdb://store?tlsVerifyCert=false', 'tlsVerifyCert'],
    ['T15: an IPv6 literal', 'esdb://[::1]:2113?tls=false', 'not a name or an IPv4 address'],
    ['T15: a password with a raw colon', 'esdb://u:a:b@store?tlsCAFile=x', 'percent-encoded'],
    ['T16: a user who would not be sent', 'esdb://u:p@localhost?tls=false', 'not sent without TLS'],
    ['T36: a preference', 'esdb://store?nodePreference=follower', 'nodePreference'],
    ['something else', 'http://store', 'must be esdb://'],
    ['a port that is none', 'esdb://store:70000?tls=false', 'store:70000'],
  ])('refuses %s', (_, url, why) => {
    const said = read(url);
    expect(said).toContain(why);
    expect(said).not.toMatch(/a:b|u:p/);
  });
});
