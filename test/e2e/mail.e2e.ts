// Mail as a person meets it: connect a server, see it refuse and then work, invite someone, and get back in without the password.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../support/program.ts';
import { type SmtpHost, startSmtp } from '../support/smtp.ts';
import { openBrowser, openPage, settled } from './screens-support.ts';

const LOOK = { width: 1440, theme: 'light', language: 'en' } as const;
const PASSWORD = 'sea-green-sail-77';
let smtp: SmtpHost;
let server: TestServer;
let browser: Browser;
let page: Page;
let faults: string[];
let workspace: string;
let email: string;

beforeAll(async () => {
  smtp = await startSmtp({ user: 'nord', password: PASSWORD });
  [server, browser] = await Promise.all([startServer({ allowHosts: '127.0.0.1' }), openBrowser()]);
  ({ workspace } = await company(server.program, 'Nord', 'nord.example'));
  const owner = await signedIn(server, workspace, 'owner');
  email = owner.email;
  ({ page, faults } = await openPage(browser, server.url, LOOK));
  const cookies = owner.cookie.split('; ').map((one) => {
    const at = one.indexOf('=');
    return { name: one.slice(0, at), value: one.slice(at + 1), url: server.url };
  });
  await page.context().addCookies(cookies);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await smtp?.stop();
});

test('a mail server is connected, refuses a wrong password in its own words, and then works', async () => {
  await page.goto(`/w/${workspace}/settings/connections`);
  await page.getByText('Nothing is connected yet').waitFor();
  await page.getByRole('button', { name: 'Connect: Mail server (SMTP)' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Fill this in').first().waitFor();
  await page.getByLabel('Server', { exact: true }).fill('127.0.0.1');
  await page.getByLabel('Port').fill(String(smtp.port));
  await page.getByRole('combobox', { name: 'Certificate' }).click();
  await page.getByRole('option', { name: 'Any: a server of my own' }).click();
  await page.getByLabel('User name').fill('nord');
  await page.getByLabel('Password', { exact: true }).fill('not this one');
  await page.getByLabel("Sender's name").fill('Nord');
  await page.getByLabel("Sender's address").fill('hello@nord.example');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Test: Mail server (SMTP)' }).click();
  await page.getByText(/535 .*password is wrong/).waitFor();
  await page.getByRole('button', { name: 'Settings: Mail server (SMTP)' }).click();
  await page.getByText(/Stored on/).waitFor();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Test: Mail server (SMTP)' }).click();
  await page.getByText(/250 OK/).waitFor();
  expect(smtp.taken.map((one) => one.to)).toEqual([email]);
  await page.getByRole('button', { name: 'Last calls: Mail server (SMTP)' }).click();
  await page.getByRole('cell', { name: /^535/ }).waitFor();
});

test('an invitation is mailed and shown with what became of it', async () => {
  await page.goto(`/w/${workspace}/settings/people`);
  await page.getByLabel('E-mail').fill('vera@nord.example');
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await page.getByRole('textbox', { name: 'Link for vera@nord.example' }).waitFor();
  await expect.poll(() => smtp.taken.at(-1)?.to).toBe('vera@nord.example');
  const { pool } = server.program.installation;
  const sent = () => pool.query("SELECT 1 FROM mail_message WHERE state = 'sent' AND recipient = 'vera@nord.example'");
  await expect.poll(async () => (await sent()).rowCount, { timeout: 10_000 }).toBe(1);
  await page.goto(`/w/${workspace}/settings/mail`);
  await page.getByRole('row', { name: /vera@nord\.example.*250 OK/ }).waitFor();
  await settled(page);
  await page.getByText('Русский').click();
  await page.getByText('Анна Берг зовёт вас в «Норд»').waitFor();
  const frame = page.frameLocator('iframe');
  await frame.getByText('Принять приглашение').waitFor();
});

test('someone without the password gets back in by mail, once', async () => {
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Forgot the password?' }).click();
  await page.getByRole('button', { name: 'Send the link' }).waitFor();
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByText('Look into your mail').waitFor();
  await expect.poll(() => smtp.taken.at(-1)?.mail.subject).toBe('A new password for Tradewind');
  const link = /(\/new-password#\S+)/.exec(smtp.taken.at(-1)!.mail.text ?? '')![1]!;
  for (const [password, said] of [
    ['a calm new sea', 'The password is changed'],
    ['another calm sea', 'This link was used or is over an hour old'],
  ] as const) {
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText(said).waitFor();
  }
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('a calm new sea');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/w\//);
  expect(faults).toEqual([]);
});
