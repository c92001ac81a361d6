import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { JobResult, Job } from './job.js';

// A process of its own that sends as fast as replies come, one request at a time on each kept connection. It reads no
// more of a reply than its status and its length: on two cores a full HTTP client would cost more than the server.

/**
 * Between its turns the generator naps without listening: a receiver that waits is woken by the sender, at the sender's
 * cost, which a server slower than the generator would pay for each reply and a faster one for none.
 */
const napMs = 0.5;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

const run = randomUUID().slice(0, 8);
let sent = 0;

process.on('message', (job: Job) => {
  perform(job).then(
    (answer) => process.send?.(answer),
    (error: Error) => process.send?.({ failed: error.message } satisfies JobResult),
  );
});
process.on('disconnect', () => process.exit());

async function perform({ port, connections, requests, seconds = Infinity, total = Infinity }: Job): Promise<JobResult> {
  const began = performance.now();
  const deadline = began + seconds * 1000;
  let [asked, replies] = [0, 0];
  const next = (): string | undefined => {
    if (asked >= total || performance.now() >= deadline) return undefined;
    const request = requests[asked % requests.length]!;
    asked += 1;
    return request.replace('{n}', `${run}-${(sent += 1)}`);
  };
  const onReply = () => (replies += 1);
  const conversations = Array.from({ length: connections }, () => converse(port, next, onReply));
  await withNaps(Promise.all(conversations));
  return { replies, seconds: (performance.now() - began) / 1000 };
}

async function withNaps(work: Promise<unknown>): Promise<void> {
  let napping = true;
  const nap = () => {
    if (!napping) return;
    Atomics.wait(sleeper, 0, 0, napMs);
    setImmediate(nap);
  };
  nap();
  try {
    await work;
  } finally {
    napping = false;
  }
}

function converse(port: number, next: () => string | undefined, onReply: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let text = '';
    const send = () => {
      const request = next();
      if (request !== undefined) return void socket.write(request);
      socket.destroy();
      resolve();
    };
    socket.setEncoding('latin1');
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('end', () => reject(new Error(`the server closed a connection after ${text.slice(0, 300)}`)));
    socket.on('data', (chunk: string) => {
      text = text === '' ? chunk : text + chunk;
      if (text.length < replyLength(text)) return;
      if (!text.startsWith('HTTP/1.1 2')) return void socket.destroy(new Error(`a request failed: ${text}`));
      text = '';
      onReply();
      send();
    });
  });
}

/** How long this reply is in bytes; endless while its head is not whole. */
function replyLength(text: string): number {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd === -1) return Infinity;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
  if (length === undefined && /\r\ntransfer-encoding:/i.test(text))
    throw new Error('a chunked reply is not understood');
  return headEnd + 4 + Number(length ?? 0);
}
