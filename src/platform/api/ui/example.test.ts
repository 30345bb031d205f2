// Samples of schemas as the description of the API has them.
import { expect, test } from 'vitest';
import { exampleOf, typeOf } from './example.ts';

test('an example holds what is required, in shapes people know', () => {
  const schema = {
    type: 'object',
    required: ['name', 'currency', 'day', 'count', 'tags', 'on'],
    properties: {
      name: { type: 'string' },
      currency: { type: 'string' },
      day: { type: 'string', format: 'date' },
      count: { type: 'integer', minimum: 5 },
      tags: { type: 'array', items: { enum: ['a', 'b'] } },
      on: { anyOf: [{ type: 'null' }, { type: 'boolean' }] },
      left: { type: 'string' },
    },
  };
  expect(exampleOf(schema)).toEqual({
    name: 'name',
    currency: 'EUR',
    day: '2026-11-24',
    count: 5,
    tags: ['a'],
    on: true,
  });
});

test('a schema that refers to itself ends', () => {
  const loop: { type: string; properties: Record<string, object> } = { type: 'object', properties: {} };
  loop.properties.again = loop;
  expect(JSON.stringify(exampleOf(loop))).toContain('again');
});

test('types are said in a word', () => {
  expect(typeOf({ anyOf: [{ type: 'string', format: 'uuid' }, { type: 'null' }] })).toBe('uuid | null');
  expect(typeOf({ type: 'array', items: { type: 'number' } })).toBe('number[]');
});
