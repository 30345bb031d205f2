// Many addresses at once: each held to the convention, kept with a short address, and one that can't be kept stops no other.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../../../../test/support/program.ts';
import { createApiClient } from '../../client.ts';

let server: TestServer;
let workspace: string;
let api: ReturnType<typeof createApiClient>;

beforeAll(async () => {
  server = await startServer();
  ({ workspace } = await company(server.program, 'Nord', 'nord.example'));
  const { cookie } = await signedIn(server, workspace, 'marketer');
  api = createApiClient({ server: server.url, cookie });
});
afterAll(() => server?.stop());

const tags = { source: 'vk', medium: 'social', campaign: 'summer' };

test('each row says its address, its channel and what to mend', async () => {
  const rows = [
    { target: 'nord.example/tents?color=red', ...tags },
    { target: 'https://nord.example/boots', ...tags, source: 'ВК' },
    { target: 'ftp://nord.example/x', ...tags },
    { target: 'https://nord.example/tents?color=red&utm_source=old', ...tags },
    { target: 'https://elsewhere.example/', ...tags, campaign: '' },
  ];
  const shown = await api.bulkLinks.preview({ workspace, rows });
  expect(shown[0]).toEqual({
    url: 'https://nord.example/tents?color=red&utm_source=vk&utm_medium=social&utm_campaign=summer',
    ...{ problem: null, channel: 'Organic Social', own: true, breaches: [], sameAs: null },
  });
  expect(shown[1]!.breaches).toEqual([{ field: 'source', code: 'alias', value: 'ВК', mend: 'vk' }]);
  expect(shown[2]).toMatchObject({ url: null, problem: 'not-http' });
  expect(shown[3]).toMatchObject({ sameAs: 0 });
  expect(shown[4]).toMatchObject({ own: false, breaches: [{ field: 'campaign', code: 'required', mend: null }] });
});

test('they are kept under names that tell them apart, and what can’t be kept says why', async () => {
  await api.links.create({ workspace, name: 'summer · vk · tents', target: 'https://nord.example/x', ...tags });
  const answers = await api.bulkLinks.keep({
    workspace,
    rows: [
      { target: 'https://nord.example/tents', ...tags },
      { target: 'nowhere', ...tags },
      { target: 'https://nord.example/boots', ...tags, name: 'Boots' },
      { target: 'https://nord.example/boots', ...tags, name: 'boots' },
    ],
  });
  expect(answers.map(({ link, problem }) => [link !== null, problem?.slice(0, 24) ?? null])).toEqual([
    [true, null],
    [false, 'That is no address of a '],
    [true, null],
    [false, 'There is a link "boots" '],
  ]);
  const links = await api.links.list({ workspace });
  expect(links.map(({ name }) => name)).toEqual(['Boots', 'summer · vk · tents', 'summer · vk · tents 2']);
  expect(links.find(({ id }) => id === answers[0]!.link)?.short).toBe(answers[0]!.short);
  const response = await fetch(answers[0]!.short!.replace(/^https?:\/\/[^/]+/, server.url), { redirect: 'manual' });
  expect(response.headers.get('location')).toBe(
    'https://nord.example/tents?utm_source=vk&utm_medium=social&utm_campaign=summer',
  );
  await expect(
    api.bulkLinks.preview({ workspace, rows: Array.from({ length: 501 }, () => ({ target: 'a.example' })) }),
  ).rejects.toThrow('500');
});
