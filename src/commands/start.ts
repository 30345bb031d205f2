// tradewind start: serves until it is told to stop.
import { loadConfig } from '../platform/config/config.ts';
import { startServer } from '../server.ts';
import { type Command, EXIT } from './shape.ts';

export const start: Command = {
  name: 'start',
  summary: 'Serve Tradewind with its embedded engines',
  help: `Usage: tradewind start [options]

  --port N            port to answer at (8300)
  --host ADDRESS      address to listen at (127.0.0.1; 0.0.0.0 for all)
  --public-url URL    the address people and sites reach it at
  --tracker-path P    path of the tracker (/tw.js)
  --role LIST         collect,web,work (all); --roles is the same
  --log-level LEVEL   debug, info, warn, error, silent (info)
  --data DIR          data folder (./data)
  --config FILE       settings file (DIR/tradewind.json)`,
  options: {
    port: { type: 'string', short: 'p' },
    host: { type: 'string' },
    'public-url': { type: 'string' },
    'tracker-path': { type: 'string' },
    role: { type: 'string' },
    roles: { type: 'string' },
    'log-level': { type: 'string' },
  },
  async run({ values }) {
    const camel = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [
        key === 'role' ? 'roles' : key.replaceAll(/-([a-z])/g, (_all, c: string) => c.toUpperCase()),
        value,
      ]),
    );
    const config = loadConfig(camel);
    const began = performance.now();
    const say = (line: string): void => console.log(`  ${line}`);
    let stopNow: (() => void) | undefined;
    const asked = new Promise<void>((resolve) => {
      stopNow = resolve;
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopNow?.());
    const server = await startServer(config, { say });
    console.log(
      `\n  Tradewind is at ${server.url}  (${Math.round(performance.now() - began)} ms, data in ${config.data})\n  Ctrl-C stops it.\n`,
    );
    await asked;
    console.log('  Stopping: storing what waits, then the engines');
    await server.stop();
    console.log('  Stopped');
    return EXIT.ok;
  },
};
