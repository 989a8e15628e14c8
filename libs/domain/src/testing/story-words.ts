import type { Count } from '../measure/count.ts';
import { isKnown } from '../measure/count-words.ts';
import type { Kind } from '../observation/vocabulary.ts';
import type { Random } from './random.ts';

/** What observers write beside the fields, and what they type into the quick line. */
const SENTENCES: Readonly<Partial<Record<Kind, readonly [string, ...string[]]>>> = {
  burst: [
    'Short bursts, then silence.',
    'Bursts at irregular intervals.',
    'Answered once from further away.',
  ],
  shot: [
    'Single shots, a minute apart.',
    'One shot, echo from the quarry.',
    'Shots with pauses, no flashes seen.',
  ],
  burst_or_shot: [
    'Wind from the line, could not tell bursts from shots.',
    'Too far to tell apart.',
  ],
  explosion: [
    'One dull blast, no smoke seen.',
    'Flash first, bang later, timed by stopwatch.',
    'Windows shook at the post.',
  ],
  illumination_flare: ['White flare, burned about 40 seconds.', 'Two flares from the same place.'],
  uav: [
    'Small quadcopter, flew along the line and turned back.',
    'Heard only, low and slow.',
    'Fixed wing, high, no markings read.',
  ],
  weapon_presence: [
    'Towed piece under a net, crew not seen.',
    'Same vehicle as in the imagery of yesterday.',
  ],
  troop_movement: [
    'Two lorries and a car, lights off.',
    'Convoy halted for ten minutes, then went on.',
  ],
  engineering_works: ['Excavator at the trench, working.', 'New berm, about 60 metres.'],
  crater: ['Fresh, no vegetation in it.', 'Measured and photographed.'],
  damage: ['Roof of a shed, tiles fresh on the ground.', 'Fence and one window.'],
  uxo_or_mine: ['Marked with tape, reported to the clearance team.'],
  fire_or_smoke: ['Grass fire, spreading south.', 'Grey smoke, gone after half an hour.'],
  restriction: [
    'Turned back at the barrier, no reason given.',
    'Waited 50 minutes for a clearance.',
  ],
  signal_interference: [
    'Positioning lost for four minutes.',
    'Picture frozen, link came back by itself.',
  ],
  civilian_movement: [
    'Families with carts on the field road.',
    'Cars with trailers, waved at the post.',
  ],
};
const PLAIN = [
  'As heard from the post.',
  'Nothing further.',
  'Told over the radio, written down here.',
] as const;

export function drawNarrative(kind: Kind, random: Random): string {
  return random.pick(SENTENCES[kind] ?? PLAIN);
}

const CODES: Readonly<Partial<Record<Kind, string>>> = {
  burst: 'saf',
  shot: 'sh',
  burst_or_shot: 'bos',
  explosion: 'exp',
  illumination_flare: 'flare',
  uav: 'uav',
};

/** The quick line that would have given this report: `saf 12 b084 d3.2k 1358 heard`. */
export function quickLine(
  kind: Kind,
  count: Count | undefined,
  { trueMdeg, metres }: { readonly trueMdeg: number; readonly metres: number },
  hhmm: string,
  means: string,
): string {
  const code = CODES[kind] ?? kind.replaceAll('_', ' ');
  const many =
    count !== undefined && isKnown(count) ? ` ${sign(count.qualifier)}${count.value}` : '';
  const bearing = String(Math.round(trueMdeg / 1000) % 360).padStart(3, '0');
  return `${code}${many} b${bearing} d${(metres / 1000).toFixed(1)}k ${hhmm} ${means}`;
}

function sign(qualifier: 'exact' | 'about' | 'at_least'): string {
  return qualifier === 'about' ? '~' : qualifier === 'at_least' ? '>' : '';
}
