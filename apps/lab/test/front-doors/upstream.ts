import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { readOn } from '#libs/http';
import type { HttpStep } from './exchange.js';

/** Lets a head and what came after it out before the connection breaks. */
const flushMs = 30;

/** An upstream that does with each request what its query says. */
export async function startUpstream(): Promise<Server> {
  const server = createServer((request, response) => {
    readOn(request, response);
    const reported = new URL(request.url ?? '/', 'http://a').searchParams.get('do');
    void perform(reported === null ? { act: 'echo' } : (JSON.parse(reported) as HttpStep), request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

/** What an echo says of a request. */
export const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function perform(act: HttpStep, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const breakOff = () => request.socket.destroy();
  switch (act.act) {
    case 'echo': {
      const body = await readWhole(request);
      return void response.end(JSON.stringify([request.method, body.length, digest(body)]));
    }
    case 'answer':
      await readSome(request, act.after);
      if (act.close) response.setHeader('connection', 'close');
      response.statusCode = act.status;
      return void response.end(`answered ${act.status}`);
    case 'stream': {
      request.resume();
      if (act.reported) response.setHeader('content-length', act.bytes);
      for (let left = act.bytes; left > 0; left -= 50_000) response.write('y'.repeat(Math.min(left, 50_000)));
      return void response.end();
    }
    case 'trailers':
      await readWhole(request);
      // Node refuses them where there is no body.
      if (request.method === 'HEAD') return void response.end();
      response.setHeader('trailer', 'x-sum');
      response.write('with trailers');
      response.addTrailers({ 'x-sum': '1' });
      return void response.end();
    case 'early-hints':
      response.writeEarlyHints({ link: '</style.css>; rel=preload' });
      await readWhole(request);
      return void response.end('after hints');
    case 'stray-body': {
      await readWhole(request);
      const { socket } = request;
      response.writeHead(act.status, { etag: '"1"' }).end(() => socket.write('stray'));
      return;
    }
    case 'until-closed': {
      await readWhole(request);
      request.socket.end(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${'z'.repeat(act.bytes)}`);
      return;
    }
    case 'die-before':
      await readSome(request, act.after);
      return void breakOff();
    case 'die-inside':
      await readWhole(request);
      if (act.reported) response.setHeader('content-length', 1_000);
      response.write('half');
      await wait(flushMs);
      breakOff();
  }
}

async function readWhole(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve) => {
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', resolve)
      .on('close', resolve);
  });
  return Buffer.concat(chunks);
}

/** Reads so many bytes, or all there are. */
async function readSome(request: IncomingMessage, bytes: number): Promise<void> {
  if (bytes === 0) return;
  let read = 0;
  await new Promise<void>((resolve) => {
    request
      .on('end', resolve)
      .on('close', resolve)
      .on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read >= bytes) resolve();
      });
  });
}
