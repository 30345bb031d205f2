// People of a company: they leave as e-mail address, name and role, and come in as invitations. Nobody is let into a company by
// what a file says: whoever takes it in owns it, the others accept for themselves.
import type pg from 'pg';
import { ROLES, type Role } from '../api/contract-base.ts';
import { uuidv7 } from '../ids/uuid.ts';

export interface PersonOfCompany {
  email: string;
  name: string;
  role: Role;
}

const WEEK_MS = 7 * 86_400_000;

/** Members, and those who were invited and have not answered. */
export async function peopleOf(client: pg.ClientBase, workspace: string): Promise<PersonOfCompany[]> {
  const found = await client.query<PersonOfCompany>(
    `SELECT u.email, u.name, m.role FROM member m JOIN "user" u ON u.id = m."userId" WHERE m."organizationId" = $1
     UNION ALL
     SELECT i.email, '', i.role FROM invitation i WHERE i."organizationId" = $1 AND i.status = 'pending' AND i."expiresAt" > now()
     ORDER BY 1`,
    [workspace],
  );
  return found.rows;
}

/** An owner of before is invited as head: who owns the company is decided here. Returns how many were invited. */
export async function invitePeople(
  client: pg.ClientBase,
  of: { workspace: string; owner: { id: string; email: string }; people: readonly PersonOfCompany[] },
): Promise<number> {
  const seen = new Set([of.owner.email.toLowerCase()]);
  for (const { email, role } of of.people) {
    const address = email.toLowerCase();
    if (seen.has(address) || !ROLES.includes(role) || !/^[^\s@]+@[^\s@]+$/.test(address)) continue;
    seen.add(address);
    await client.query(
      `INSERT INTO invitation (id, "organizationId", email, role, status, "expiresAt", "inviterId") VALUES ($1, $2, $3, $4, 'pending', $5, $6)`,
      [uuidv7(), of.workspace, address, role === 'owner' ? 'head' : role, new Date(Date.now() + WEEK_MS), of.owner.id],
    );
  }
  return seen.size - 1;
}
