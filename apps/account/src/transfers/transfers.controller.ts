import { Body, Controller, Headers, Post, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { idempotencyKey, Ledger, transferOrder, type Transfer, type TransferOrder } from '#libs/bank';
import { BearerGuard, Caller, type Identity } from '#libs/identity';
import { CodedError, invalidRequest } from '#libs/service';

@Controller('transfers')
@UseGuards(BearerGuard)
export class TransfersController {
  constructor(private readonly ledger: Ledger) {}

  @Post()
  async transfer(
    @Caller() caller: Identity,
    @Headers('idempotency-key') header: string | undefined,
    @Body({ schema: transferOrder }) order: TransferOrder,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Transfer> {
    const { transfer, replayed } = await this.ledger.transfer(caller.customerId, keyOf(header), order);
    if (replayed) reply.header('idempotent-replayed', 'true');
    return transfer;
  }
}

function keyOf(header: string | undefined): string {
  if (!header) {
    throw new CodedError(
      'idempotency-key-missing',
      'Send an Idempotency-Key header, new for each transfer, the same for each retry.',
    );
  }
  const parsed = idempotencyKey.safeParse(header);
  if (!parsed.success)
    throw invalidRequest(parsed.error.issues.map(({ message }) => ({ path: ['Idempotency-Key'], message })));
  return parsed.data;
}
