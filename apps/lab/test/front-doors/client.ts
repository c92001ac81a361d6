import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { HttpExchange } from './exchange.js';
import { digest } from './upstream.js';

const patienceMs = 6_000;
const hesitationMs = 15;

/**
 * Has an exchange with a front door, and asks for something small behind it on the same connection.
 * @returns what was answered: a status and what the body was, `cut` for an answer that broke off, `nothing` for a
 * connection that did without one, `HUNG` for none in time
 */
export async function converse(port: number, recorded: HttpExchange): Promise<string> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const first = recorded.pipelined > 0 ? await pipeline(port, recorded) : await send(port, agent, recorded);
    return `${recorded.leaves ? 'left' : first}, then ${await askBehind(port, agent)}`;
  } finally {
    agent.destroy();
  }
}

const small = { method: 'GET', upstream: { act: 'echo' }, chunked: false, trailers: false, expects: false } as const;
const plain: HttpExchange = { ...small, upgrades: false, closes: false, hesitates: false, leaves: false, pipelined: 0 };

/** A server may close a kept connection just as a request comes: that one is sent again (RFC 9110, 9.2.2). */
async function askBehind(port: number, agent: Agent): Promise<string> {
  const first = await send(port, agent, plain);
  return first === 'closed before' ? send(port, agent, plain) : first;
}

/** An upgrade that the upstream passes over; haproxy refuses one that is not whole. */
const webSocket = {
  connection: 'upgrade',
  upgrade: 'websocket',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-version': '13',
};

function pathOf({ upstream }: HttpExchange): string {
  return `/account?do=${encodeURIComponent(JSON.stringify(upstream))}`;
}

async function send(port: number, agent: Agent, recorded: HttpExchange): Promise<string> {
  const { method, bodyBytes, chunked, trailers, expects, upgrades, closes, leaves } = recorded;
  const outgoing = httpRequest({
    port,
    host: '127.0.0.1',
    agent,
    method,
    path: pathOf(recorded),
    headers: {
      ...(bodyBytes !== undefined && !chunked && { 'content-length': bodyBytes }),
      ...(chunked && { 'transfer-encoding': 'chunked' }),
      ...(trailers && { trailer: 'x-sum' }),
      ...(expects && { expect: '100-continue' }),
      ...(upgrades && webSocket),
      ...(closes && { connection: 'close' }),
    },
  });
  const failed = new Promise<string>((resolve) => {
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      resolve(outgoing.reusedSocket && error.code === 'ECONNRESET' ? 'closed before' : 'nothing');
    });
  });
  const answered = once(outgoing, 'response').then(
    ([reply]) => reported(reply as IncomingMessage),
    () => failed,
  );
  let hung = false;
  const impatience = setTimeout(() => {
    hung = true;
    outgoing.destroy();
  }, patienceMs);
  const sent = sendBody(outgoing, recorded, answered);
  if (leaves) {
    await Promise.race([sent, failed]);
    outgoing.destroy();
  }
  const outcome = await answered;
  clearTimeout(impatience);
  return hung ? 'HUNG' : outcome;
}

async function sendBody(
  outgoing: ClientRequest,
  { bodyBytes = 0, trailers, expects, hesitates, leaves }: HttpExchange,
  answered: Promise<unknown>,
): Promise<void> {
  if (expects) {
    outgoing.flushHeaders();
    const heard = await Promise.race([once(outgoing, 'continue'), answered.then(() => null), wait(1_000)]).catch(
      () => null,
    );
    if (heard === null) return void outgoing.end();
  }
  const body = Buffer.alloc(bodyBytes, 'x');
  const half = Math.floor(bodyBytes / 2);
  if (trailers) outgoing.addTrailers({ 'x-sum': '1' });
  if (!hesitates && !leaves) return void outgoing.end(body);
  outgoing.write(body.subarray(0, half));
  await wait(hesitationMs);
  if (!leaves) outgoing.end(body.subarray(half));
}

async function reported(reply: IncomingMessage): Promise<string> {
  const body = await buffer(reply).catch(() => undefined);
  if (body === undefined) return `${reply.statusCode} cut`;
  const own = reply.statusCode! >= 500 && !body.toString().startsWith('answered');
  // What a front door says itself, each in its own words.
  return own ? `${reply.statusCode}` : `${reply.statusCode} ${body.length} ${digest(body).slice(0, 8)}`;
}

/** Several requests in one write, the last of which says that it is. */
async function pipeline(port: number, recorded: HttpExchange): Promise<string> {
  const head = `${recorded.method} ${pathOf(recorded)} HTTP/1.1\r\nhost: a\r\n`;
  const socket = connect(port, '127.0.0.1').setTimeout(patienceMs, () => socket.destroy(new Error('HUNG')));
  socket.write(`${head}\r\n`.repeat(recorded.pipelined) + `${head}connection: close\r\n\r\n`);
  const replies = await text(socket).catch((error: Error) => error.message);
  return (replies.match(/HTTP\/1.1 \d+|"GET",0|HUNG/g) ?? []).join(' ');
}
