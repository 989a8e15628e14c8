/** The content of an observation as the format has it, with the least that it must say. */
export const OBSERVED = {
  kind: 'burst',
  means: ['heard'],
  when: {
    from: '2026-08-15T19:58:00.000Z',
    to: '2026-08-15T19:59:00.000Z',
    precision: 'minute',
    zone: 'Europe/Moscow',
    clock: 'device',
  },
  where: { form: 'area', name: 'the river bank' },
  unit: '019aa9c0-0000-7000-8000-0000000000b6',
  watch: null,
  origin: 'unit',
} as const;
