import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { entryQuery, Ledger, type Account, type EntryPage, type EntryQuery } from '#libs/bank';
import { BearerGuard, Caller, type Identity } from '#libs/identity';

/** What a caller has. `GET :id` is in account.routes.ts, for speed. */
@Controller('accounts')
@UseGuards(BearerGuard)
export class AccountsController {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  async accounts(@Caller() caller: Identity): Promise<{ accounts: Account[] }> {
    return { accounts: await this.ledger.accounts(caller.customerId) };
  }

  @Get(':id/entries')
  entries(
    @Caller() caller: Identity,
    @Param('id') id: string,
    @Query({ schema: entryQuery }) page: EntryQuery,
  ): Promise<EntryPage> {
    return this.ledger.entries(caller.customerId, id, page);
  }
}
