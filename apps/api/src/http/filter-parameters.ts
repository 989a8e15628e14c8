import {
  DISPLAY_GROUPS,
  KINDS,
  MEANS,
  ORIGINS,
  WEAPON_CATEGORIES,
} from '@ceasewatch/domain/observation/vocabulary';
import { z } from 'zod';
import { bbox, flag, listOf } from './query-parameters.ts';

/** The parameters of every list, export and figure of observations: one spelling for all of them. */
const code = z.string().regex(/^[a-z][a-z0-9-]{0,15}$/, 'must be a code');
const idOrNone = z.string().regex(/^([0-9a-f-]{36}|none)$/, 'must be an id or `none`');

export const filterParameters = {
  sector: listOf(idOrNone, 'Area ids; `none`: what lies in no sector.').optional(),
  kind: listOf(z.enum(KINDS), 'Kinds of observation.').optional(),
  group: listOf(z.enum(DISPLAY_GROUPS), 'Display groups.').optional(),
  means: listOf(z.enum(MEANS), 'Means of observation.').optional(),
  weapon: listOf(z.enum(WEAPON_CATEGORIES), 'Categories of weapons that are told of.').optional(),
  contingent: listOf(code, 'Contingent codes; `none`: external data.').optional(),
  unit: listOf(idOrNone, 'Observing units.').optional(),
  origin: z.enum(ORIGINS).optional(),
  late: flag.optional(),
  corrected: flag.optional(),
  retracted: flag.optional(),
  casualties: flag.optional(),
  located: flag.optional(),
  bbox: bbox.optional(),
  q: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .meta({ description: 'Number, id, MGRS, officer, unit, or a place in any spelling.' })
    .optional(),
};
