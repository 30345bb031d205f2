// The mail server of the whole installation, from its settings: smtp://name:password@host:587?certificate=unchecked
import type { SmtpSettings } from './smtp.ts';

export type InstallationServer = SmtpSettings & { fromName: string; fromAddress: string };

export function installationServer(
  smtpUrl: string | undefined,
  mailFrom: string | undefined,
): InstallationServer | null {
  if (smtpUrl === undefined) return null;
  const url = new URL(smtpUrl);
  const tls = url.protocol === 'smtps:';
  const user = decodeURIComponent(url.username);
  const [, fromName = '', fromAddress = ''] =
    /^\s*(?:([^<]*?)\s*<)?([^<>\s]+@[^<>\s]+?)>?\s*$/.exec(mailFrom ?? user) ?? [];
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (tls ? 465 : 587)),
    security: tls ? 'tls' : url.searchParams.get('security') === 'none' ? 'none' : 'starttls',
    certificate: url.searchParams.get('certificate') === 'unchecked' ? 'unchecked' : 'checked',
    user,
    password: decodeURIComponent(url.password),
    fromName,
    fromAddress: fromAddress || `tradewind@${url.hostname}`,
  };
}
