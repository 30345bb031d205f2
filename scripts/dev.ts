// npm run dev: the server restarts when its sources change, and the screens reload through Vite on port 5173.
import { spawn } from 'node:child_process';

const children = [
  spawn('node', ['--watch-path=src', '--watch-preserve-output', 'src/cli.ts', 'start', ...process.argv.slice(2)], {
    stdio: 'inherit',
  }),
  spawn('vite', ['--config', 'vite.config.ts'], { stdio: 'inherit' }),
];
for (const child of children) child.on('exit', () => process.exit());
process.on('SIGINT', () => {
  for (const child of children) child.kill('SIGINT');
});
