// A segment opened in the builder and saved again must mean what it meant.
import { expect, test } from 'vitest';
import { type Filter, filter } from '../../contract.ts';
import { ADDABLE, changed, emptyGroup, newCondition, toDraft, toFilter } from './draft.ts';

const PAGE = { property: 'page', is: 'starts-with', value: '/shop/' } as const;
const SAMPLES: Filter[] = [
  {
    and: [
      { did: { what: 'view', where: PAGE, times: { atLeast: 2 }, within: { days: 30 } } },
      { never: { what: 'event', where: { property: 'event', is: 'equals', value: 'purchase' } } },
      { or: [{ firstSeen: { within: { days: 7 } } }, { not: { lastSeen: { within: { days: 60 } } } }] },
      { not: { or: [{ segment: '01931d4e-0000-7000-8000-000000000000' }] } },
    ],
  },
  { and: [{ property: 'country', is: 'in', value: ['DE', 'AT'] }, { not: { property: 'campaign', is: 'empty' } }] },
  { or: [{ revenue: { sum: { atMost: -100 }, within: { period: ['2026-01-01', '2026-02-01'] } } }] },
  {
    and: [
      {
        sequence: {
          first: { where: { and: [PAGE, { property: 'country', is: 'equals', value: 'DE' }] } },
          next: { what: 'event' },
          days: 3,
        },
      },
      { visited: { where: { not: { property: 'channel', is: 'equals', value: 'Email' } }, times: { exactly: 3 } } },
    ],
  },
  // more than the builder has forms for
  {
    and: [
      { did: { where: { not: { and: [PAGE] } } } },
      { visitors: PAGE },
      { property: 'status', is: 'less', value: 400 },
    ],
  },
];

test('a definition survives the builder', () => {
  for (const sample of SAMPLES) {
    expect(filter.safeParse(sample).error).toBeUndefined();
    const again = toFilter(toDraft(sample));
    const plainly = JSON.parse(JSON.stringify(again).replaceAll(',"times":{"atLeast":1}', ''));
    expect(plainly).toEqual(JSON.parse(JSON.stringify(sample).replaceAll(',"times":{"atLeast":1}', '')));
  }
});

test('whatever is added means something the language knows, or nothing yet', () => {
  for (const kind of ADDABLE) {
    const made = toFilter(newCondition(kind));
    if (made) expect(filter.safeParse(made).error, kind).toBeUndefined();
  }
  expect(toFilter(newCondition('segment'))).toBeNull();
  expect(toFilter(emptyGroup())).toBeNull();
});

test('a part deep in the tree is changed and taken out by its id', () => {
  const inner = emptyGroup([newCondition('did')]);
  const whole = emptyGroup([inner]);
  const id = inner.items[0]!.id;
  expect(toFilter(changed(whole, id, { ...newCondition('firstSeen'), id }))).toEqual({
    and: [{ and: [{ firstSeen: { within: { days: 30 } } }] }],
  });
  expect(toFilter(changed(whole, id, null))).toBeNull();
});
