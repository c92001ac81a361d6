import { createServer } from 'node:http';

// Quotes, for anybody. A process remembers what it has looked up and who asked how often, which changes speed and
// counts, and nothing that a client goes by.

const quotes = ['Less is more.', 'Measure twice, cut once.', 'All is flux.'];
const lookedUp = new Map();
const asked = new Map();

createServer((request, response) => {
  const number = /^\/quotes\/(\d)$/.exec(request.url)?.[1];
  const client = request.socket.remoteAddress;
  asked.set(client, (asked.get(client) ?? 0) + 1);
  response.setHeader('x-ratelimit-remaining', 10_000 - asked.get(client));
  if (number === undefined) return response.writeHead(404).end();
  const cached = lookedUp.has(number);
  lookedUp.set(number, quotes[number]);
  response.setHeader('x-cache', cached ? 'HIT' : 'MISS');
  response.setHeader('content-type', 'application/json');
  const by = `quotes-${process.pid}`;
  response.end(
    JSON.stringify({ quote: lookedUp.get(number), cached, by, requests: asked.get(client), at: new Date() }),
  );
}).listen(Number(process.env.PORT), '127.0.0.1');
