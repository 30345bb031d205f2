// A right that has no words can't be given to a key or read in the table of roles.
import { expect, test } from 'vitest';
import { PERMISSIONS } from '../../api/contract-base.ts';
import en from './en.json' with { type: 'json' };
import ru from './ru.json' with { type: 'json' };

test('every right has its words in both languages', () => {
  const named = PERMISSIONS.map((one) => one.replace(':', '-')).sort();
  for (const texts of [en, ru]) expect(Object.keys(texts.rights).sort()).toEqual(named);
});
