import { Body, Controller, Post } from '@nestjs/common';
import { newCustomer, type NewCustomer } from './customer.js';
import { Registration, type Registered } from './registration.js';

@Controller('customers')
export class CustomersController {
  constructor(private readonly registration: Registration) {}

  @Post()
  register(@Body({ schema: newCustomer }) customer: NewCustomer): Promise<Registered> {
    return this.registration.register(customer);
  }
}
