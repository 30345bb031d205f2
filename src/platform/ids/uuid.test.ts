import { expect, test } from 'vitest';
import { isUuid, uuidv7 } from './uuid.ts';

test('ids are version 7, unique and sort in the order they were made', () => {
  const ids = Array.from({ length: 20_000 }, () => uuidv7());
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
  for (const id of ids.slice(0, 100))
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(isUuid(ids[0]!)).toBe(true);
  expect(isUuid("'; --")).toBe(false);
});
