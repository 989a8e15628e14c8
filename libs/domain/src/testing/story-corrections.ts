import { isKnown } from '../measure/count-words.ts';
import type { Position } from '../measure/geodesy.ts';
import { formatInstant, HOUR_MS, MINUTE_MS, parseInstant } from '../measure/instant.ts';
import type { ReportContent } from '../observation/observation.report.ts';
import type { CorrectionReason } from '../observation/vocabulary.ts';
import { type Random, randomOf, seededId } from './random.ts';
import { gridOf } from './story-places.ts';
import type { RecordStep, Story, StoryStep } from './story.ts';

/**
 * What observers find out later: about six reports in a hundred are corrected, one is taken back, and
 * now and then one that was taken back stands again.
 */
interface Correction {
  readonly reason: CorrectionReason;
  readonly explanation: string;
  readonly content: ReportContent;
}

export function laterSteps(
  story: Story,
  recorded: RecordStep,
  target: Position,
  key: string,
): readonly StoryStep[] {
  const random = randomOf(`${key}/later`);
  if (random.chance(0.012)) return retraction(recorded, random, key);
  if (!random.chance(0.062)) return [];
  const correction = drawCorrection(story, recorded.body, target, random);
  if (correction === undefined) return [];
  const at = recorded.at + random.whole(9, 30 * 60) * MINUTE_MS;
  return [
    {
      type: 'correct',
      at,
      id: seededId(at, `${key}/correct`),
      actor: recorded.actor,
      observation: recorded.id,
      body: { corrects: 1, ...correction },
    },
  ];
}

function retraction(recorded: RecordStep, random: Random, key: string): readonly StoryStep[] {
  const { actor, id: observation } = recorded;
  const at = recorded.at + random.whole(20, 12 * 60) * MINUTE_MS;
  const reason = random.pick(['duplicate', 'misidentification', 'sensor_fault'] as const);
  const explanation = 'On a second look this was not what it was taken for.';
  const retracted: StoryStep = {
    type: 'retract',
    at,
    id: seededId(at, `${key}/retract`),
    actor,
    observation,
    body: { retracts: 1, reason, explanation },
  };
  if (!random.chance(0.15)) return [retracted];
  const later = at + random.whole(30, 600) * MINUTE_MS;
  const id = seededId(later, `${key}/reinstate`);
  const body = { reinstates: 1, explanation: 'The recording shows that it stands.' };
  return [retracted, { type: 'reinstate', at: later, id, actor, observation, body }];
}

function drawCorrection(
  story: Story,
  body: ReportContent,
  target: Position,
  random: Random,
): Correction | undefined {
  switch (random.weighted({ count: 40, place: 25, time: 12, kind: 10, words: 13 })) {
    case 'count':
      return refinedCount(body, random);
    case 'place':
      return {
        reason: 'location_refined',
        explanation: 'Placed again on the map with the second bearing.',
        content: { ...body, where: { form: 'mgrs', mgrs: gridOf(target, 10) } },
      };
    case 'time':
      return otherZone(story, body);
    case 'kind':
      return reclassified(body);
    case 'words':
      return {
        reason: 'translation',
        explanation: 'Translated again.',
        content: { ...body, narrative: `${body.narrative ?? 'As heard.'} (translation revised)` },
      };
  }
}

function refinedCount(body: ReportContent, random: Random): Correction | undefined {
  const { count } = body;
  if (count === undefined) return undefined;
  const unit = isKnown(count) ? count.unit : 'occurrence';
  const value = isKnown(count) ? count.value + random.whole(1, 3) : random.whole(1, 4);
  return {
    reason: 'count_refined',
    explanation: 'Counted again from the recording.',
    content: { ...body, count: { value, qualifier: 'exact', unit } },
  };
}

/** Read from a watch on Moscow time and written down as local time: an hour too late. */
function otherZone(story: Story, body: ReportContent): Correction | undefined {
  const earlier = (text: string) => parseInstant(text).ms - HOUR_MS;
  const { from, to } = body.when;
  if (earlier(from) < story.startMs) return undefined;
  const when = {
    ...body.when,
    from: formatInstant(earlier(from)),
    ...(to === undefined ? {} : { to: formatInstant(earlier(to)) }),
    zone: 'Europe/Moscow',
  };
  const explanation = 'The watch showed Moscow time.';
  return { reason: 'time_base', explanation, content: { ...body, when } };
}

function reclassified(body: ReportContent): Correction | undefined {
  if (body.kind !== 'burst' && body.kind !== 'shot') return undefined;
  const { count } = body;
  const recounted =
    count !== undefined && isKnown(count)
      ? { count: { ...count, unit: 'burst_or_shot' as const } }
      : {};
  return {
    reason: 'reclassified',
    explanation: 'Could not be told apart on the recording.',
    content: { ...body, kind: 'burst_or_shot', ...recounted },
  };
}
