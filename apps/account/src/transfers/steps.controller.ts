import { Body, Controller, HttpStatus, Post, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Ledger, LedgerError, type Transfer } from '#libs/bank';
import { BearerGuard, Caller, type Identity } from '#libs/identity';
import { CodedError } from '#libs/service';
import { Continuations } from './continuation.js';
import { transferStep, type StatelessStep, type StepResult } from './steps.js';

type StepBody<Name extends StatelessStep['step']> = Extract<StatelessStep, { step: Name }>;

/**
 * The three-step transfer without memory: the client brings back at each step what the last one gave it. The transfer at
 * once, `POST /account/transfers`, is in transfer.routes.ts, for speed.
 */
@Controller('transfers/steps')
@UseGuards(BearerGuard)
export class StepsController {
  constructor(
    private readonly ledger: Ledger,
    private readonly continuations: Continuations,
  ) {}

  @Post()
  async step(
    @Caller() { customerId }: Identity,
    @Body({ schema: transferStep }) step: StatelessStep,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StepResult | Transfer> {
    if (step.step === 'confirm') return this.confirm(customerId, step, reply);
    reply.code(HttpStatus.OK);
    return step.step === 'payee' ? this.payee(customerId, step) : this.amount(customerId, step);
  }

  private async payee(customerId: string, { from, to }: StepBody<'payee'>): Promise<StepResult> {
    await this.ledger.account(customerId, from);
    if (from === to) throw new LedgerError('same-account');
    return { next: 'amount', continuation: this.continuations.begin(customerId, { from, to }) };
  }

  private amount(customerId: string, step: StepBody<'amount'>): StepResult {
    const carried = this.continuations.open(customerId, required(step.continuation, 'payee'));
    const { amountMinor, currency } = step;
    const continuation = this.continuations.seal(customerId, { ...carried, amount: { amountMinor, currency } });
    return { next: 'confirm', continuation, summary: { from: carried.from, to: carried.to, amountMinor, currency } };
  }

  private async confirm(customerId: string, step: StepBody<'confirm'>, reply: FastifyReply): Promise<Transfer> {
    const { key, from, to, amount } = this.continuations.open(customerId, required(step.continuation, 'payee'));
    const { amountMinor, currency } = required(amount, 'amount');
    const { transfer, replayed } = await this.ledger.transfer(customerId, key, { from, to, amountMinor, currency });
    if (replayed) reply.header('idempotent-replayed', 'true');
    return transfer;
  }
}

function required<Value>(value: Value | undefined, next: string): Value {
  if (value !== undefined) return value;
  throw new CodedError('step-out-of-order', `The next step is ${next}.`, { next });
}
