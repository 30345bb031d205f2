// Debian's postfix with a configuration, a queue and mailboxes of its own in a temporary folder; nothing of it is left behind.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';

export interface Postfix {
  port: number;
  /** every message in the mailbox, as it was written there */
  messages(): string[];
  /** postfix's own log */
  log(): string;
  stop(): void;
}

/** Services that other programs may talk to; the rest is among postfix's own. */
const PUBLIC = new Set(['cleanup', 'qmgr', 'flush']);
/** wake-up in seconds and most processes, where they are not the usual ones */
const LIMITS: Readonly<Record<string, string>> = {
  qmgr: '300 1',
  tlsmgr: '1000? 1',
  flush: '1000? 0',
  anvil: '- 1',
  cleanup: '- 0',
  bounce: '- 0',
  defer: '- 0',
  trace: '- 0',
};

/** Takes mail for `domain` into one mailbox, offers STARTTLS, refuses `nobody@`. */
export async function startPostfix(domain: string): Promise<Postfix> {
  const port = await freePort();
  const root = mkdtempSync(join(tmpdir(), 'tradewind-postfix-'));
  // its processes run as another user and have to get through
  chmodSync(root, 0o755);
  const at = (name: string): string => join(root, name);
  for (const name of ['etc', 'queue', 'data', 'mail']) mkdirSync(at(name));
  for (const name of ['data', 'mail']) execFileSync('chown', ['postfix', at(name)]);
  const certificate = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=mail.test'];
  execFileSync('openssl', [...certificate, '-keyout', at('etc/key.pem'), '-out', at('etc/cert.pem')], {
    stdio: 'ignore',
  });
  const id = (flag: string): string => execFileSync('id', [flag, 'postfix'], { encoding: 'utf8' }).trim();
  writeFileSync(at('etc/access'), `nobody@${domain} 550 5.1.1 No such person here\n`);
  writeFileSync(
    at('etc/main.cf'),
    [
      'compatibility_level = 3.6',
      `queue_directory = ${at('queue')}`,
      `data_directory = ${at('data')}`,
      'myhostname = mail.test',
      'mydestination =',
      'mynetworks = 127.0.0.0/8',
      'inet_interfaces = 127.0.0.1',
      'inet_protocols = ipv4',
      'alias_maps =',
      'alias_database =',
      'local_recipient_maps =',
      `virtual_mailbox_domains = ${domain}`,
      `virtual_mailbox_base = ${at('mail')}`,
      'virtual_mailbox_maps = static:box/',
      `virtual_uid_maps = static:${id('-u')}`,
      `virtual_gid_maps = static:${id('-g')}`,
      'virtual_minimum_uid = 1',
      'smtpd_tls_security_level = encrypt',
      `smtpd_tls_cert_file = ${at('etc/cert.pem')}`,
      `smtpd_tls_key_file = ${at('etc/key.pem')}`,
      `smtpd_recipient_restrictions = check_recipient_access texthash:${at('etc/access')}, reject_unauth_destination`,
      `maillog_file_prefixes = ${root}`,
      `maillog_file = ${at('mail.log')}`,
      '',
    ].join('\n'),
  );
  // virtual writes to mailboxes, so it keeps its rights
  const line = (name: string, program: string): string =>
    `${name} ${name.includes(':') ? 'inet' : 'unix'} ${name.includes(':') || PUBLIC.has(name) ? 'n' : '-'} ${name === 'virtual' ? 'n' : '-'} n ${LIMITS[name] ?? '- -'} ${program}`;
  const inside = ['cleanup', 'qmgr', 'flush', 'bounce', 'virtual', 'anvil', 'proxymap', 'tlsmgr', 'error'];
  const renamed = { rewrite: 'trivial-rewrite', defer: 'bounce', trace: 'bounce', retry: 'error' };
  writeFileSync(
    at('etc/master.cf'),
    `${[
      line(`127.0.0.1:${port}`, 'smtpd'),
      'postlog unix-dgram n - n - 1 postlogd',
      ...inside.map((name) => line(name, name)),
      ...Object.entries(renamed).map(([name, program]) => line(name, program)),
    ].join('\n')}\n`,
  );
  const control = (command: string) => spawnSync('postfix', ['-c', at('etc'), command], { encoding: 'utf8' });
  const log = (): string => (existsSync(at('mail.log')) ? readFileSync(at('mail.log'), 'utf8') : '');
  const started = control('start');
  if (started.status !== 0) {
    const said = log();
    rmSync(root, { recursive: true, force: true });
    throw new Error(`postfix did not start: ${started.stderr}${said}`);
  }
  return {
    port,
    log,
    messages: () => {
      const folder = at('mail/box/new');
      return existsSync(folder) ? readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')) : [];
    },
    stop: () => {
      const stopped = control('stop');
      rmSync(root, { recursive: true, force: true });
      if (stopped.status !== 0) throw new Error(`postfix did not stop: ${stopped.stderr}`);
    },
  };
}
