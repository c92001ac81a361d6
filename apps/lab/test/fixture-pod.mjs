// A pod for the platform's own tests: it keeps the process contract, and misbehaves as its environment says.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const { POD_NAME, EXIT_CODE, STUBBORN, START_MS = '0' } = process.env;
if (EXIT_CODE !== undefined) {
  process.stderr.write('REDIS_URL: this setting is wrong\n');
  process.exit(Number(EXIT_CODE));
}

const bootId = randomUUID();
const readyAt = Date.now() + Number(START_MS);
const listen = (server) =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
const pod = createServer((_, response) => response.end(`${POD_NAME}/${bootId}`));
const admin = createServer((_, response) => response.writeHead(Date.now() < readyAt ? 503 : 200).end());
const [port, adminPort] = [await listen(pod), await listen(admin)];
console.log(JSON.stringify({ level: 'info', port, adminPort, bootId, msg: 'listening' }));

process.on('SIGTERM', () => {
  console.log(JSON.stringify({ msg: 'draining' }));
  if (STUBBORN === undefined) setTimeout(() => process.exit(0), 50);
});
