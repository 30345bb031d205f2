// The first program that runs on a fresh clone: plain JavaScript for any Node from 18 on. It installs what is missing, makes sure
// of the Node the project brings along, builds what is stale, and hands over.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const nodePath = join(root, 'node_modules', '.bin', 'node');
const [task = 'start', ...args] = process.argv.slice(2);
const quiet = task === 'cli';
const say = (line) => quiet || console.log(`  ${line}`);

function stop(line) {
  console.error(`\n  ${line}\n`);
  process.exit(1);
}

const [major] = process.versions.node.split('.').map(Number);
if (major < 18)
  stop(
    `Node ${process.versions.node} is too old to begin with: install Node 18 or newer (nodejs.org), then run this again.`,
  );
if (process.platform === 'win32') stop('Run Tradewind inside WSL on Windows: docs/operations/windows.md says how.');

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** What is installed is what the lock file says, when the stamp of the last installation equals the lock file. */
function install() {
  const lock = read(join(root, 'package-lock.json'));
  const stampPath = join(root, 'node_modules', '.tradewind-installed');
  if (read(stampPath) === lock && existsSync(nodePath)) return;
  console.error('  Installing packages (once; about a minute)');
  // not "npm ci": it refuses a lock file that does not list the binaries of every other platform
  const done = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', quiet ? 2 : 'inherit', 'inherit'],
  });
  if (done.error) stop(`npm could not be started: ${done.error.message}. Install npm 10 or newer.`);
  if (done.status !== 0)
    stop(
      'npm could not install the packages; its message is above. Check the connection to the package registry and run this again.',
    );
  writeFileSync(stampPath, lock);
}

function checkNode() {
  const found = existsSync(nodePath) ? spawnSync(nodePath, ['--version'], { encoding: 'utf8' }) : undefined;
  const version = found?.stdout?.trim() ?? '';
  if (!/^v(2[4-9]|[3-9]\d)\./.test(version)) {
    stop(
      `The Node 24 that comes with the packages does not run here (${version || found?.error?.message || 'it was not installed'}). ` +
        'npm may have been told not to run install scripts: set "ignore-scripts=false" and run "npm install" again.',
    );
  }
}

function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  let latest = stat.mtimeMs;
  for (const name of readdirSync(path)) latest = Math.max(latest, newest(join(path, name)));
  return latest;
}

const WEB_SOURCES = ['src/web', 'src/modules', 'src/platform', 'src/tracker', 'vite.config.ts', 'package-lock.json'];

/** Screens and tracker are built again when a source of theirs is newer than the last build. */
function build(force) {
  const stamp = join(root, 'dist', '.built');
  const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  if (!force && WEB_SOURCES.every((path) => newest(join(root, path)) <= built)) return;
  if (!quiet) console.error('  Building the screens');
  const done = spawnSync(nodePath, [join(root, 'scripts', 'build.ts')], {
    cwd: root,
    stdio: ['ignore', quiet ? 2 : 'inherit', 'inherit'],
    env: environment(),
  });
  if (done.status !== 0) stop('The screens could not be built; the message is above.');
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
}

function environment() {
  return { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}` };
}

/** Runs until the program ends; signals are passed on so that it can stop in order. */
function handOver(file, rest) {
  const child = spawn(nodePath, [join(root, file), ...rest], { stdio: 'inherit', env: environment() });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => signal === 'SIGINT' || child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

say('Tradewind');
install();
checkNode();
if (task === 'start') {
  build(false);
  handOver('src/cli.ts', ['start', ...args]);
} else if (task === 'cli') {
  if (args[0] === 'start' || args[0] === 'demo') build(false);
  handOver('src/cli.ts', args);
} else if (task === 'demo') {
  build(false);
  handOver('src/cli.ts', ['demo', ...args]);
} else if (task === 'build') {
  build(true);
} else if (task === 'test') {
  build(false);
  handOver('scripts/test.ts', args);
} else if (task === 'node') {
  handOver(args[0], args.slice(1));
} else stop(`There is no task "${task}".`);
