import type { FastifyInstance } from 'fastify';
import { idempotencyKey, Ledger, transferOrder, type Transfer, type TransferOrder } from '#libs/bank';
import { Bearer } from '#libs/identity';
import { CodedError, invalidRequest, unfit, type Resolve } from '#libs/service';
import { prefix } from '../open-api.js';

/** Moving money is what must keep up with the store: it goes past Nest's own pipeline, through the same guard. */
export function transferRoutes(server: FastifyInstance, resolve: Resolve): void {
  server.post(`${prefix}/transfers`, async (request, reply): Promise<Transfer> => {
    const { customerId } = await resolve<Bearer>(Bearer).authenticate(request);
    const key = keyOf(request.headers['idempotency-key']);
    const { transfer, replayed } = await resolve<Ledger>(Ledger).transfer(customerId, key, orderOf(request.body));
    reply.code(201);
    if (replayed) reply.header('idempotent-replayed', 'true');
    return transfer;
  });
}

function orderOf(body: unknown): TransferOrder {
  const parsed = transferOrder.safeParse(body);
  if (!parsed.success) throw unfit(body, parsed.error.issues);
  return parsed.data;
}

function keyOf(header: string | string[] | undefined): string {
  if (!header) {
    throw new CodedError(
      'idempotency-key-missing',
      'Send an Idempotency-Key header, new for each transfer, the same for each retry.',
    );
  }
  const parsed = idempotencyKey.safeParse(header);
  if (!parsed.success) {
    throw invalidRequest(parsed.error.issues.map(({ message }) => ({ path: ['Idempotency-Key'], message })));
  }
  return parsed.data;
}
