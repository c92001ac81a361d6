import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { modes } from '../bank/modes.js';
import type { Random } from '../load/random.js';
import { Violation } from './fault.js';

const paths = ['/auth/login', '/account/transfers', ...Object.values(modes).map(({ path }) => `${path}/transfer`)];
const bodyBytes = 60_000;
/** The front door gives a client 30 s for its request, and looks every 30 s. */
const answeredWithinMs = 75_000;

/** Sends a part of a body, and goes. */
export async function abortUpload(baseUrl: string, random: Random): Promise<void> {
  const socket = await open(baseUrl);
  socket.write(head(random, bodyBytes));
  socket.write('x'.repeat(Math.floor(random() * (bodyBytes - 1))));
  await wait(random() * 50);
  if (random() < 0.5) socket.resetAndDestroy();
  else socket.destroy();
}

/** Asks for much at once, and reads nothing of it for a while. */
export async function readSlowly(baseUrl: string, random: Random): Promise<void> {
  const socket = await open(baseUrl);
  socket.pause();
  const path = `${Object.values(modes)[Math.floor(random() * 5)]!.path}/openapi.json`;
  for (let count = 0; count < 50; count += 1) socket.write(`GET ${path} HTTP/1.1\r\nHost: bank\r\n\r\n`);
  await wait(random() * 200);
  setTimeout(() => socket.destroy(), random() * 5_000).unref();
}

/** Half-sent requests that were neither answered nor cut off yet. */
const waiting = new Set<{ readonly since: number; readonly path: string }>();

/** Sends half a request and nothing more. @throws Violation when an earlier one waits past the bound */
export async function halfOpen(baseUrl: string, random: Random): Promise<void> {
  for (const { since, path } of waiting) {
    if (performance.now() - since > answeredWithinMs) {
      throw new Violation(`A half-sent request to ${path} was neither answered nor its connection closed in time.`);
    }
  }
  const socket = await open(baseUrl);
  const text = head(random, bodyBytes);
  const one = { since: performance.now(), path: text.split(' ')[1]! };
  waiting.add(one);
  socket.once('close', () => waiting.delete(one)).resume();
  socket.once('data', () => socket.destroy());
  socket.write(random() < 0.5 ? text.slice(0, 30) : `${text}{"from":`);
  socket.unref();
}

function head(random: Random, bytes: number): string {
  const path = paths[Math.floor(random() * paths.length)]!;
  return `POST ${path} HTTP/1.1\r\nHost: bank\r\nContent-Type: application/json\r\nContent-Length: ${bytes}\r\n\r\n`;
}

async function open(baseUrl: string): Promise<Socket> {
  const { hostname, port } = new URL(baseUrl);
  const socket = connect(Number(port), hostname);
  // Whatever becomes of it: the bank is asked afterwards how it is.
  socket.on('error', () => {});
  await new Promise<void>((resolve) => socket.once('connect', resolve).once('close', () => resolve()));
  return socket;
}
