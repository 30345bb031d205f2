// What a person decides about a fault: that a value is another spelling of one, or that it may stay.
import { ORPCError } from '@orpc/server';
import { convention as conventionSchema } from '../convention-contract.ts';
import { changeSettings } from '../settings.ts';
import type { Db } from '../tables.ts';
import type { TagFault } from './contract.ts';

const MOST_LEFT_ALONE = 1000;

export async function leaveAlone(
  db: Db,
  workspace: string,
  { key, leave }: { key: string; leave: boolean },
  who: string,
): Promise<{ leftAlone: number }> {
  const next = ({ leftAlone }: { leftAlone: string[] }) => ({
    leftAlone: [...leftAlone.filter((one) => one !== key), ...(leave ? [key] : [])].slice(-MOST_LEFT_ALONE),
  });
  const { leftAlone } = await changeSettings(db, workspace, next, who, `tag-fault.${leave ? 'leave' : 'show'}`, key);
  return { leftAlone: leftAlone.length };
}

/** `instead` becomes a value of the convention when it is none yet. Throws BAD_REQUEST when the two contradict the convention. */
export async function addAlias(
  db: Db,
  workspace: string,
  { field, value, instead }: { field: TagFault['field']; value: string; instead: string },
  who: string,
): Promise<{ added: boolean }> {
  let added = false;
  await changeSettings(
    db,
    workspace,
    ({ convention }) => {
      const rule = convention.fields[field];
      const known = rule.values.find((one) => one.value === instead);
      if (known?.aliases.some((alias) => alias.toLowerCase() === value.toLowerCase())) return {};
      added = true;
      const values = known
        ? rule.values.map((one) => (one === known ? { ...one, aliases: [...one.aliases, value] } : one))
        : [...rule.values, { value: instead, aliases: [value] }];
      const next = conventionSchema.safeParse({
        ...convention,
        fields: { ...convention.fields, [field]: { ...rule, values } },
      });
      if (next.success) return { convention: next.data };
      throw new ORPCError('BAD_REQUEST', {
        message: `"${value}" or "${instead}" stands in the convention already in another place. Change it there.`,
      });
    },
    who,
    'link-convention.alias',
    `${value} → ${instead}`,
  );
  return { added };
}
