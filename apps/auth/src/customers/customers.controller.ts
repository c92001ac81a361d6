import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clients } from '#libs/service';
import { AuthLimits } from '../limits.js';
import { newCustomer, type NewCustomer } from './customer.js';
import { Registration, type Registered } from './registration.js';

@Controller('customers')
export class CustomersController {
  constructor(
    private readonly registration: Registration,
    private readonly clients: Clients,
    private readonly limits: AuthLimits,
  ) {}

  @Post()
  async register(
    @Body({ schema: newCustomer }) customer: NewCustomer,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Registered> {
    const client = await this.clients.of(request);
    await this.limits.registrations.take(client, reply);
    return this.registration.register(customer, { client: client.turnsAs });
  }
}
