/** What a matter gathers on its way: where each list is read, whose record its rows
 * are, and what of it is told only where it says something. */
const plain = { quiet: [] as readonly string[] };
export const rounds = {
  conclusion: { list: 'conclusions', record: 'conclusion', quiet: ['complex', 'prevented', 'prevented_people'] },
  attempt: { list: 'attempts', record: 'attempt', quiet: ['own'] },
  visit: { list: 'visits', record: 'visit', ...plain },
  rating: { list: 'ratings', record: 'rating', ...plain },
  reopening: { list: 'reopenings', record: 'reopening', ...plain },
  refusal: { list: 'refusals', record: 'refusal', quiet: ['upheld'] },
  supervision: { list: 'supervisions', record: 'supervision', ...plain },
  voiding: { list: 'voidings', record: 'voiding', quiet: ['confirmed'] },
  urge: { list: 'urges', record: 'urge', ...plain },
} as const;
export type Round = keyof typeof rounds;
