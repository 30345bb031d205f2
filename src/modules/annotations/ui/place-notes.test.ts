import { expect, test } from 'vitest';
import { placeNotes } from './place-notes.ts';

const note = (day: string, text: string) => ({ day, text });

test('a note stands at the step its day falls into, several of a step in their order', () => {
  const notes = [note('2026-11-12', 'newer'), note('2026-11-10', 'older'), note('2026-11-01', 'before all')];
  expect(placeNotes(notes, ['2026-11-09', '2026-11-10', '2026-11-11', '2026-11-12'])).toEqual([
    undefined,
    ['older'],
    undefined,
    ['newer'],
  ]);
  expect(placeNotes(notes, ['2026-11-02', '2026-11-09'])).toEqual([undefined, ['older', 'newer']]);
});

test('of a day in hours it stands at its first, and after the last step at none', () => {
  const hours = ['2026-11-10T00', '2026-11-10T01'];
  expect(placeNotes([note('2026-11-10', 'x')], hours)).toEqual([['x'], undefined]);
  expect(placeNotes([note('2026-11-30', 'x')], ['2026-11-02', '2026-11-09'])).toEqual([undefined, undefined]);
});
