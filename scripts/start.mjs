import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

// `npm start` is `npm run lab -- start`. What would be in its way is told before minutes are spent on installing and building.

const args = process.argv.slice(2);
const source = readFileSync(new URL('../apps/lab/src/start-ports.ts', import.meta.url), 'utf8');
const { portTaken, startPorts } = await import(`data:text/javascript,${encodeURIComponent(source)}`);

/** The port that is asked for; what is no number is judged by the command line. */
function portOf({ flag, variable, usual }) {
  const joined = args.find((one) => one.startsWith(`${flag}=`));
  const given = args.includes(flag) ? args[args.indexOf(flag) + 1] : joined && joined.slice(flag.length + 1);
  return Number(given || process.env[variable] || usual);
}

/** 0 takes any free one, and is never taken. */
function isTaken(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }) => resolve(code === 'EADDRINUSE'));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)));
  });
}

if (!args.includes('--help') && !args.includes('-h')) {
  for (const asked of Object.values(startPorts)) {
    const port = portOf(asked);
    if (Number.isInteger(port) && port >= 0 && port < 65536 && (await isTaken(port))) {
      process.stderr.write(`${portTaken(port, asked.remedy)}\n`);
      process.exitCode = 1;
    }
  }
}
if (!process.exitCode) {
  process.argv.splice(2, 0, 'start');
  await import('./lab.mjs');
}
