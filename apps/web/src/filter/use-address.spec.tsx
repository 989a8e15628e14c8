import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SearchParamsContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime.js';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { useLogAddress } from '../app/[locale]/log/use-log-address.ts';
import { toggled } from './filter-query.ts';
import { useAddress } from './use-address.ts';

/** Two clicks before the screen is drawn again: both see the address that the first render saw. */
describe('two quick clicks', () => {
  let root: Root;
  beforeEach(() => {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
    history.replaceState(null, '', '/en/situation?kind=shot&window=24h');
    root = createRoot(document.body.appendChild(document.createElement('div')));
  });
  afterEach(() => {
    act(() => root.unmount());
    history.replaceState(null, '', '/');
  });

  function drawn<Address>(useIt: () => Address): Address {
    const seen: Address[] = [];
    const Screen = () => {
      seen.push(useIt());
      return null;
    };
    act(() =>
      root.render(
        <SearchParamsContext value={new URLSearchParams(location.search)}>
          <Screen />
        </SearchParamsContext>,
      ),
    );
    const [first] = seen;
    if (first === undefined) throw new Error('nothing was drawn');
    return first;
  }

  it('both count, in a list of boxes', () => {
    const { setFilter } = drawn(useAddress);
    setFilter((now) => ({ ...now, kind: toggled(now.kind, 'burst') }));
    setFilter((now) => ({ ...now, kind: toggled(now.kind, 'shot') }));
    setFilter((now) => ({ ...now, means: toggled(now.means, 'seen') }));
    expect(new URLSearchParams(location.search).toString()).toBe(
      'kind=burst&window=24h&means=seen',
    );
  });

  it('both count, of window and selection', () => {
    const { setWindow, select } = drawn(useAddress);
    setWindow('7d');
    select('a');
    expect(location.search).toBe('?kind=shot&window=7d&sel=a');
  });

  it('both count, in the log', () => {
    history.replaceState(null, '', '/en/log?asof=9');
    const { go } = drawn(useLogAddress);
    go((now) => ({ filter: { ...now.filter, noun: 'unit' } }));
    go((now) => ({ filter: { ...now.filter, contingent: 'alfa' } }));
    go({ selected: 3 }, 'replace');
    expect(location.search).toBe('?asof=9&noun=unit&contingent=alfa&sel=3');
  });
});
