// What a screen hands to a builder arrives there, and an address somebody changed makes nothing of sense into a builder's own beginning.
import { expect, test } from 'vitest';
import { readAct, writeAct } from './act-address.ts';
import type { DraftAct } from './draft.ts';

test('it arrives as it left', () => {
  const act: DraftAct = {
    what: 'event',
    rows: [
      { property: 'event', operator: 'is', values: ['outbound_click'] },
      { property: 'property:url', operator: 'is', values: ['https://maker.example/?a=[1]'] },
    ],
  };
  expect(readAct(JSON.parse(JSON.stringify(writeAct(act))))).toEqual(act);
});

test('nothing, half of it or something else is nothing', () => {
  for (const raw of [undefined, 'view', [], ['view'], ['leap', ['page', 'is', '/']], ['view', ['no such', 'is', '/']]])
    expect(readAct(raw)).toBeNull();
});
