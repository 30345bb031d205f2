// Puts mail together from the settings of the installation.
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { openKysely } from '../database/postgres.ts';
import type { Jobs } from '../jobs/index.ts';
import { openOutbound } from '../outbound/open.ts';
import type { Connections } from '../providers/connections.ts';
import { redactor } from '../secrets/redactor.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { installationServer } from './installation-server.ts';
import { mailJobFor } from './jobs.ts';
import { Mail } from './mail.ts';
import { PasswordReset } from './password-reset.ts';
import { openSmtp } from './smtp-provider.ts';

interface Parts {
  pool: pg.Pool;
  log: Logger;
  config: Config;
  secrets: Secrets;
  jobs: Jobs;
  connections: Connections;
}

export function openMail({ pool, log, config, secrets, jobs, connections }: Parts): {
  mail: Mail;
  passwordReset: PasswordReset;
} {
  const server = installationServer(config.smtpUrl, config.mailFrom);
  if (server) redactor.learn(server.password);
  // the administrator named this host, so it may be a private one; people's own connections gain nothing by it
  const allowHosts = server ? [...config.allowHosts, server.host] : config.allowHosts;
  const { outbound } = openOutbound({ db: openKysely(pool), log, allowHosts });
  const caller = { workspace: null, provider: 'smtp' };
  const mail = new Mail({
    db: openKysely(pool),
    secrets,
    jobs,
    connections,
    installation: server ? openSmtp({ outbound, caller }, server) : null,
    jobFor: mailJobFor,
  });
  const passwordReset = new PasswordReset({ db: openKysely(pool), mail, publicUrl: config.publicUrl, log });
  return { mail, passwordReset };
}
