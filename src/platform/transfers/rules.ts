// What of a company does not leave with it, and how its rows are fitted into another installation. A table that has a workspace
// and is not named here goes along as it is, with its ids renewed.

/** Tables left out, with the reason that is told to people. */
export const STAYS: Readonly<Record<string, string>> = {
  secret: 'passwords and tokens of connections: enter them anew',
  notification: 'what people were told',
  dirty_day: 'days to be rebuilt: all are, after the import',
  file_upload: 'uploads that were not finished',
  transfer: 'earlier exports and imports of the company',
};

/** Tables without a workspace: they belong to people or to the installation. */
export const NOT_OF_COMPANIES: readonly string[] = [
  'user',
  'session',
  'account',
  'verification',
  'organization',
  'member',
  'invitation',
  'apikey',
  'rateLimit',
  'twoFactor',
  'second_factor_code',
  'sign_in_failure',
  'visitor_salt',
  'file_content',
  'migration',
];

/** What is said wherever a company is exported. */
export const NOT_INSIDE: readonly string[] = [
  ...Object.entries(STAYS).map(([table, why]) => `${table}: ${why}`),
  'passwords, sessions, second factors and API keys of people: they come over by e-mail address, name and role',
  'the secret of imported visitor ids: visitors of logs imported later count anew',
  'roll-ups: they are rebuilt from visits and events',
];

/** Rows that don't go along, as a condition on the table `t`. */
export const ROWS: Readonly<Record<string, string>> = {
  // earlier archives of the company would make each one as large as all before it
  file: `NOT EXISTS (SELECT 1 FROM transfer x WHERE x.file = t.id)`,
  job_run: `t.job NOT IN ('export-company', 'import-company')`,
  // what ClickHouse may not have yet is handed over there; told to people it was, or will be here
  outbox: `t.consumer = 'mirror'`,
};

/** How a connection begins to say that its password stayed behind. */
export const CAME_ALONG = 'It came with the company';

/** Columns as they leave. */
export const LEAVES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  workspace: { import_key: `sha256(gen_random_uuid()::text::bytea)` },
  connection: {
    state: `CASE WHEN ${hasSecret()} THEN 'off' ELSE t.state END`,
    said: `CASE WHEN ${hasSecret()} THEN '${CAME_ALONG}, without its password: enter it under Settings, switch it on and test it.' ELSE t.said END`,
  },
};

function hasSecret(): string {
  return `EXISTS (SELECT 1 FROM secret s WHERE s.workspace = t.workspace AND s.name LIKE 'connection/' || t.id || '/%')`;
}

/** Columns as they come in, whatever the archive says: nothing that came by itself begins to run or to be sent. */
export const COMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  workspace: { demo: 'false', import_key: `sha256(gen_random_uuid()::text::bytea)` },
  // the line on the site goes on working, unless a site of this installation has that key
  site: {
    key: `CASE WHEN EXISTS (SELECT 1 FROM site s WHERE s.key = t.key) THEN substr(md5(gen_random_uuid()::text), 1, 12) ELSE t.key END`,
  },
  // a short address that is printed goes on leading there, unless another link of this installation has it
  link: {
    code: `CASE WHEN EXISTS (SELECT 1 FROM link l WHERE l.code = t.code) THEN substr(md5(gen_random_uuid()::text), 1, 10) ELSE t.code END`,
  },
  link_settings: {
    domain: `CASE WHEN EXISTS (SELECT 1 FROM link_settings l WHERE l.domain = t.domain) THEN NULL ELSE t.domain END`,
  },
  job_run: {
    state: `CASE WHEN t.state IN ('waiting', 'running') THEN 'cancelled' ELSE t.state END`,
    finished_at: `coalesce(t.finished_at, now())`,
    payload: `'{}'::jsonb`,
    checkpoint: 'NULL',
    singleton_key: 'NULL',
    worker: 'NULL',
  },
  outbox: { attempts: '0', next_at: 'clock_timestamp()', error: 'NULL', done_at: 'NULL' },
  mail_message: {
    state: `CASE WHEN t.state IN ('queued', 'sending', 'handing') THEN 'unsure' ELSE t.state END`,
  },
};

/** Rows that are not taken, whatever the archive says, as a condition on the table `t`; $1: the contents that came along. */
export const TAKEN: Readonly<Record<string, string>> = {
  file: `t.sha256 = ANY ($1)`,
  outbox: `t.consumer = 'mirror'`,
};

/** Texts that stand in events too, which are not rewritten: an id in them stays what it is. */
export const KEEPS: Readonly<Record<string, readonly string[]>> = {
  cost: ['source', 'medium', 'campaign', 'content', 'term', 'page'],
  link: ['source', 'medium', 'campaign', 'content', 'term'],
};

/** UUIDs of ClickHouse's tables that are names given outside, not ids of rows here. */
export const EVENT_KEEPS: Readonly<Record<string, readonly string[]>> = { events: ['id'] };
/** Texts of ClickHouse's tables that are ids of rows here, or empty. */
export const EVENT_TEXT_IDS: Readonly<Record<string, readonly string[]>> = { cost_differences: ['import'] };
