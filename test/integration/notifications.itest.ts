// What people are told, and what the palette finds: once, to the right person, and nothing of another company.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { defineJob, JobFailed } from '../../src/platform/jobs/index.ts';
import { company, signedIn, startServer, type TestServer } from '../support/program.ts';

let server: TestServer;
let own: { workspace: string; site: string };
let other: { workspace: string; site: string };
let owner: { cookie: string };
let stranger: { cookie: string };

const breaks = defineJob({
  name: 'breaks-at-once',
  title: 'jobs.title',
  payload: z.object({}),
  run: async () => {
    throw new JobFailed('The file is gone. Upload it again.');
  },
}).with({});

beforeAll(async () => {
  server = await startServer();
  server.program.jobs.register([breaks]);
  own = await company(server.program, 'Own', 'own.example');
  other = await company(server.program, 'Other', 'other.example');
  owner = await signedIn(server, own.workspace, 'owner');
  stranger = await signedIn(server, other.workspace, 'owner');
});
afterAll(() => server?.stop());

const call = async (cookie: string, method: string, path: string, body?: object) => {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: (await response.json()) as never };
};
interface Listed {
  unread: number;
  notifications: { id: string; kind: string; details: Record<string, string>; path: string | null; read: boolean }[];
}
const list = async (cookie: string, workspace: string): Promise<Listed> =>
  (await call(cookie, 'GET', `/workspaces/${workspace}/notifications`)).body;

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  for (let i = 0; i < 100; i++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not come');
};

test('work that failed is told once to the heads of its company, and read is read', async () => {
  const { jobs, outbox, people } = server.program;
  await jobs.enqueue(people, own.workspace, breaks, {});
  await until(async () => (await list(owner.cookie, own.workspace)).unread === 1);
  await outbox.drain();
  const told = await list(owner.cookie, own.workspace);
  expect(told).toMatchObject({
    unread: 1,
    notifications: [{ kind: 'job.failed', details: { error: 'The file is gone. Upload it again.' }, read: false }],
  });
  expect((await list(stranger.cookie, other.workspace)).notifications).toEqual([]);

  const one = told.notifications[0]!.id;
  const foreign = await call(stranger.cookie, 'POST', `/workspaces/${other.workspace}/notifications/read`, {
    notification: one,
  });
  expect(foreign.status).toBe(200);
  expect((await list(owner.cookie, own.workspace)).unread).toBe(1);
  const read = await call(owner.cookie, 'POST', `/workspaces/${own.workspace}/notifications/read`, {});
  expect(read.body).toEqual({ unread: 0 });
  expect((await list(owner.cookie, own.workspace)).notifications[0]).toMatchObject({ id: one, read: true });
});

test('who invited a person learns that they came', async () => {
  const invited = await call(owner.cookie, 'POST', `/workspaces/${own.workspace}/invitations`, {
    email: 'boris@own.example',
    role: 'viewer',
  });
  const { id } = invited.body as { id: string };
  const accepted = await call('', 'POST', `/invitations/${id}/accept`, {
    name: 'Boris',
    password: 'a quiet blue lake',
  });
  expect(accepted.status).toBe(200);
  await until(async () => (await list(owner.cookie, own.workspace)).unread === 1);
  const [newest] = (await list(owner.cookie, own.workspace)).notifications;
  expect(newest).toMatchObject({ kind: 'member.joined', details: { name: 'Boris', role: 'viewer' } });
});

test('the palette finds records by a few letters, percent signs are letters, and rights hold', async () => {
  const at = `/workspaces/${own.workspace}`;
  await call(owner.cookie, 'POST', `${at}/annotations`, { day: '2026-11-02', text: 'Prices up by 10% on tents' });
  await call(owner.cookie, 'POST', `${at}/annotations`, { day: '2026-11-03', text: 'Site was down' });
  await call(stranger.cookie, 'POST', `/workspaces/${other.workspace}/annotations`, {
    day: '2026-11-02',
    text: 'Prices up elsewhere',
  });
  const found = async (cookie: string, text: string) =>
    (
      (await call(cookie, 'GET', `${at}/find?text=${encodeURIComponent(text)}`)).body as {
        records: { kind: string; title: string; path: string }[];
      }
    ).records.map(({ kind, title }) => `${kind}: ${title}`);
  expect(await found(owner.cookie, 'prices')).toEqual(['note: Prices up by 10% on tents']);
  expect(await found(owner.cookie, '0%')).toEqual(['note: Prices up by 10% on tents']);
  expect(await found(owner.cookie, '%%')).toEqual([]);
  expect(await found(owner.cookie, 'own.ex')).toContain('site: own.example');
  expect(await found(owner.cookie, 'Boris')).toEqual(['person: Boris']);
  const made = await call(owner.cookie, 'POST', `${at}/api-keys`, { name: 'narrow', permissions: ['workspace:read'] });
  const narrow = await fetch(`${server.url}/api/v1${at}/find?text=prices`, {
    headers: { 'x-api-key': (made.body as { key: string }).key },
  });
  expect(await narrow.json()).toEqual({ records: [] });
  const contractor = await signedIn(server, own.workspace, 'contractor');
  expect(await found(contractor.cookie, 'prices')).toEqual([]);
});
