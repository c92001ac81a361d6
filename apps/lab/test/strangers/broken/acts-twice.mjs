import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { serve, shared } from './serve.mjs';

// It answers a second try with the same idempotency key as the first, and orders again all the same.
serve({
  'POST /orders': ({ id, form, headers }) => {
    const key = headers['idempotency-key'];
    const first = ordersOf(id).find((order) => order.key === key);
    const order = { key, number: first?.number ?? randomUUID(), item: form.get('item') };
    appendFileSync(shared(id), `${JSON.stringify(order)}\n`);
    return { status: 201, body: { number: order.number } };
  },
  'GET /orders': ({ id }) => ({ body: { items: ordersOf(id).map(({ item }) => item) } }),
});

function ordersOf(id) {
  if (!existsSync(shared(id))) return [];
  const lines = readFileSync(shared(id), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}
