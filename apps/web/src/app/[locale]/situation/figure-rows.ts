import { FIRE_ITEMS } from '@ceasewatch/domain/observation/vocabulary';
import {
  type Figure,
  type FigureName,
  type ObservationFilter,
} from '@ceasewatch/domain/situation/situation';

/**
 * Exactly the rows of a figure, as a filter of the list: the screen's own filter, narrowed by the
 * figure's rule and window. Null when the two exclude each other: the figure is nothing then.
 */
export function rowsOfFigure(
  name: FigureName,
  figure: Figure,
  filter: ObservationFilter,
): ObservationFilter | null {
  const narrowed = narrow(name, filter);
  return narrowed === null ? null : { ...narrowed, from: figure.from, to: figure.to };
}

function narrow(name: FigureName, filter: ObservationFilter): ObservationFilter | null {
  switch (name) {
    case 'fireItems': {
      const kind = both(filter.kind, FIRE_ITEMS);
      return kind.length === 0 ? null : { ...filter, kind };
    }
    case 'heavyWeapons': {
      const group = both(filter.group, ['heavy_weapons'] as const);
      return group.length === 0 ? null : { ...filter, group };
    }
    case 'lateReports':
      return filter.late === false ? null : { ...filter, late: true };
    case 'correctedReports':
      return filter.corrected === false ? null : { ...filter, corrected: true };
    case 'casualties':
      return filter.casualties === false ? null : { ...filter, casualties: true };
    default:
      return name satisfies never;
  }
}

function both<Word extends string>(
  chosen: readonly Word[] | undefined,
  rule: readonly Word[],
): readonly Word[] {
  return chosen === undefined || chosen.length === 0
    ? rule
    : rule.filter((word) => chosen.includes(word));
}
