import type { VersionParts } from '../situation/situation-columns.ts';

/** A version as a table of the read model keeps it: of one event, and otherwise as simple as one can be. */
export function versionParts(
  parts: Partial<VersionParts> & Pick<VersionParts, 'from'>,
): VersionParts {
  return {
    to: null,
    began: 0,
    packed: 0,
    means: 1,
    sector: null,
    unit: 'unit',
    contingent: 'alfa',
    officer: null,
    feature: null,
    isUnaltered: false,
    lat: 0,
    lon: 0,
    countCode: 0,
    countValue: 0,
    ...parts,
  };
}
