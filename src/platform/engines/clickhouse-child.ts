// The embedded ClickHouse: a process of its own that answers ClickHouse's HTTP protocol on loopback, so that the program
// talks to it exactly as to a server of its own. It ends when its parent's channel closes, as an orphan would keep the folder.
import { unlink, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

interface RawResult {
  elapsed: number;
  rowsWritten: number;
  bytesWritten: number;
}
interface ChdbSession {
  connection: unknown;
  queryAsync(
    sql: string,
    options: { format?: string },
  ): Promise<{ bytes(): Uint8Array; rowsRead: number; bytesRead: number }>;
  insert(params: { table: string; values: Buffer; format: string }): Promise<unknown>;
  close(): void;
}
interface Native {
  InsertRawAsyncConnection(connection: unknown, prefix: string, data: Buffer, countLines: boolean): Promise<RawResult>;
}

const folder = process.env.TRADEWIND_CLICKHOUSE_FOLDER!;
const password = process.env.TRADEWIND_CLICKHOUSE_PASSWORD!;
const memoryLimit = process.env.TRADEWIND_CLICKHOUSE_MEMORY ?? '4000000000';
const LONGEST_ERROR = 2000;
const LARGEST_BODY = 512 * 1024 * 1024;

const { Session } = require('chdb') as { Session: new (path: string, options?: object) => ChdbSession };
const platformPackage: Record<string, string> = {
  'linux-x64': '@chdb/lib-linux-x64-gnu',
  'linux-arm64': '@chdb/lib-linux-arm64-gnu',
  'darwin-x64': '@chdb/lib-darwin-x64',
  'darwin-arm64': '@chdb/lib-darwin-arm64',
};
// chdb's own package knows where its binary is; from here it is resolved through chdb, which depends on it
const native = createRequire(require.resolve('chdb'))(
  platformPackage[`${process.platform}-${process.arch}`] ?? '',
) as Native;

const sessionOptions = {
  connectionArgs: [
    `--max_server_memory_usage=${memoryLimit}`,
    '--mark_cache_size=268435456',
    '--uncompressed_cache_size=0',
  ],
};
// chdb prints its argument parser's complaints on stderr and fails; then the engine runs with its defaults
const openFirst = (): ChdbSession => {
  try {
    return new Session(folder, sessionOptions);
  } catch (error) {
    if (!/option|argument/i.test(String(error))) throw error;
    return new Session(folder);
  }
};
// held for as long as the process lives: without any open session the engine would be torn down
const keeper = openFirst();

const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const NOT_SETTINGS = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'session_id',
  'session_timeout',
  'session_check',
  'compress',
  'decompress',
  'enable_http_compression',
  'user',
  'password',
  'role',
  'wait_end_of_query',
  'http_native_compression_disable_checksumming_on_decompress',
]);

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new Error('Code: 241. The request is larger than the embedded engine takes');
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

let temporary = 0;

async function insert(session: ChdbSession, sql: string, data: Buffer): Promise<RawResult> {
  const format = /\bFORMAT\s+(\w+)\s*$/i.exec(sql);
  if (!format?.[1]) throw new Error('Code: 62. An INSERT with data needs a FORMAT at its end');
  const named = /\binput\s*\(/i.test(sql);
  if (!named && !/^native$/i.test(format[1])) {
    return native.InsertRawAsyncConnection(session.connection, sql.trimEnd(), data, false);
  }
  // Inline data ends at an empty line, which binary rows may contain; a file has no such limit. Native rows name their own types.
  const path = join(folder, `incoming-${process.pid}-${temporary++}`);
  await writeFile(path, data);
  try {
    const head = sql.slice(0, format.index);
    const statement = named
      ? head.replace(/\binput\s*\(/i, () => `file(${quote(path)}, ${quote(format[1]!)}, `)
      : `${head} SELECT * FROM file(${quote(path)}, 'Native')`;
    await session.queryAsync(statement, {});
    return { elapsed: 0, rowsWritten: 0, bytesWritten: data.length };
  } finally {
    await unlink(path).catch(() => {});
  }
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/ping') {
    response.end('Ok.\n');
    return;
  }
  const given = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const key = given
    ? Buffer.from(given, 'base64')
        .toString()
        .replace(/^[^:]*:/, '')
    : request.headers['x-clickhouse-key'];
  if (key !== password) {
    response.writeHead(401, { 'x-clickhouse-exception-code': '516' }).end('Code: 516. Authentication failed');
    return;
  }
  const body = await readBody(request);
  const query = url.searchParams.get('query');
  const sql = query === null ? body.toString('utf8') : query;
  const data = query === null ? null : body;
  const session = new Session(folder);
  try {
    const database = url.searchParams.get('database');
    if (database && database !== 'default') await session.queryAsync(`USE \`${database.replaceAll('`', '')}\``, {});
    const settings: string[] = ["session_timezone = 'UTC'", 'output_format_json_quote_64bit_integers = 1'];
    for (const [name, value] of url.searchParams) {
      if (NOT_SETTINGS.has(name) || !/^\w+$/.test(name)) continue;
      settings.push(`${name} = ${/^-?\d+$/.test(value) && !name.startsWith('param_') ? value : quote(value)}`);
    }
    await session.queryAsync(`SET ${settings.join(', ')}`, {});
    response.setHeader('x-clickhouse-query-id', url.searchParams.get('query_id') ?? '');
    if (data && data.length > 0) {
      const result = await insert(session, sql, data);
      response.setHeader('x-clickhouse-summary', JSON.stringify({ written_rows: String(result.rowsWritten) }));
      response.end();
      return;
    }
    const result = await session.queryAsync(sql, { format: url.searchParams.get('default_format') ?? 'TabSeparated' });
    response.setHeader(
      'x-clickhouse-summary',
      JSON.stringify({ read_rows: String(result.rowsRead), read_bytes: String(result.bytesRead) }),
    );
    response.end(result.bytes());
  } finally {
    session.close();
  }
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  answer(request, response).catch((error: unknown) => {
    // an error quotes the whole statement, which can hold thousands of ids
    const text = (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_ERROR);
    const code = /Code: (\d+)/.exec(text)?.[1] ?? '1002';
    if (!response.headersSent) response.writeHead(500, { 'x-clickhouse-exception-code': code });
    response.end(text.startsWith('Code:') ? text : `Code: ${code}. ${text}`);
  });
});

let stopping = false;
function stop(): void {
  if (stopping) return;
  stopping = true;
  server.close();
  server.closeIdleConnections();
  setTimeout(() => {
    keeper.close();
    process.exit(0);
  }, 100);
}
// The parent was killed, and what starts after it waits for this folder's lock. Closing in order would wait for the statements
// that run, for minutes; nobody reads their answers any more, and what was acknowledged survives a kill.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('SIGTERM', stop);
// Ctrl-C reaches the whole group: the parent decides the order of stopping
process.on('SIGINT', () => {});
process.on('message', (message) => {
  if (message === 'stop') stop();
});

server.listen(Number(process.env.TRADEWIND_CLICKHOUSE_PORT ?? 0), '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
});
