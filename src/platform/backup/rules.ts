// What an archive does not hold and why, and what is sealed in it. A table that is not named here is in the archive.

/** Tables of PostgreSQL left out of a backup, with the reason that is told to people. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  migration: 'which migrations ran is in the manifest',
  session: 'sessions and their tokens: people sign in again',
  verification: 'codes of password resets under way',
  rateLimit: 'counters of sign-in attempts',
  visitor_salt: 'secrets of visitor ids, which are deleted within 48 hours wherever they are',
  file_upload: 'uploads that were not finished',
  dirty_day: 'days to be rebuilt: after a restore all are',
};

/** What is said wherever a backup is made. */
export const NOT_INSIDE: readonly string[] = [
  ...Object.entries(LEFT_OUT).map(([table, why]) => `${table}: ${why}`),
  'the key of stored passwords (data/key or TRADEWIND_KEY) and the secret of the installation (data/secret or TRADEWIND_SECRET)',
  'settings that hold passwords or name engines (databaseUrl, clickhouseUrl, smtpUrl, s3…)',
  'roll-ups: they are rebuilt from visits and events',
];

/** Name under which the key of a company's imported visitor ids is sealed. */
export const IMPORT_KEY = 'backup/import-key';

/** Settings of tradewind.json that go along: neither passwords nor where this machine's engines and folders are. */
export const SETTINGS_ALONG = [
  'publicUrl',
  'trustedProxies',
  'trackerPath',
  'flushMs',
  'fileLimitMb',
  'filesLimitMb',
  'allowHosts',
  'mailFrom',
] as const;
