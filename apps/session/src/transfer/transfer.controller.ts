import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Post, Put } from '@nestjs/common';
import type { Transfer } from '#libs/bank';
import { SessionId } from '../sessions/session-id.decorator.js';
import type { DraftView } from './draft.js';
import { amountStep, beginStep, payeeStep, type AmountStep, type BeginStep, type PayeeStep } from './steps.js';
import { TransferWizard } from './transfer-wizard.js';

@Controller('transfer')
export class TransferController {
  constructor(private readonly wizard: TransferWizard) {}

  @Post()
  begin(@SessionId() id: string | undefined, @Body({ schema: beginStep }) step: BeginStep): Promise<DraftView> {
    return this.wizard.begin(id, step?.from);
  }

  @Put('payee')
  payee(@SessionId() id: string | undefined, @Body({ schema: payeeStep }) { to }: PayeeStep): Promise<DraftView> {
    return this.wizard.choosePayee(id, to);
  }

  @Put('amount')
  amount(@SessionId() id: string | undefined, @Body({ schema: amountStep }) amount: AmountStep): Promise<DraftView> {
    return this.wizard.chooseAmount(id, amount);
  }

  @Post('confirm')
  confirm(@SessionId() id: string | undefined): Promise<Transfer> {
    return this.wizard.confirm(id);
  }

  @Get()
  show(@SessionId() id: string | undefined): Promise<DraftView> {
    return this.wizard.show(id);
  }

  @Delete()
  @HttpCode(HttpStatus.NO_CONTENT)
  drop(@SessionId() id: string | undefined): Promise<void> {
    return this.wizard.drop(id);
  }
}
