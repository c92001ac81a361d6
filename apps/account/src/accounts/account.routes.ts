import type { FastifyInstance } from 'fastify';
import { Ledger } from '#libs/bank';
import { Bearer } from '#libs/identity';
import type { Resolve } from '#libs/service';
import { prefix } from '../open-api.js';

/** Reading one account is what customers do most: it goes past Nest's own pipeline, through the same guard. */
export function accountRoutes(server: FastifyInstance, resolve: Resolve): void {
  server.get<{ Params: { id: string } }>(`${prefix}/accounts/:id`, async (request) => {
    const { customerId } = await resolve<Bearer>(Bearer).authenticate(request);
    return resolve<Ledger>(Ledger).account(customerId, request.params.id);
  });
}
