/** A customer over plain HTTP, as a curl user would be one. */
export class BankClient {
  readonly #cookies = new Map<string, string>();
  #token = '';
  #accounts: string[] = [];

  constructor(
    private readonly baseUrl: string,
    private readonly username: string,
  ) {}

  /** The access token that it has signed in for. */
  get token(): string {
    return this.#token;
  }

  /** Registers, and signs in. */
  async signIn(): Promise<void> {
    const registered = await this.ask('POST', '/auth/customers', { ...this.#credentials(), name: 'Ada' });
    this.#accounts = ((await registered.json()) as { accounts: { id: string }[] }).accounts.map(({ id }) => id);
    await this.signInAgain();
  }

  /** Gets a new token. */
  async signInAgain(): Promise<Response> {
    const login = await this.ask('POST', '/auth/login', this.#credentials());
    if (login.ok) this.#token = ((await login.json()) as { access_token: string }).access_token;
    return login;
  }

  /** Asks as this customer, and keeps the cookies that the reply sets. */
  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const reply = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: {
        ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(this.#cookies.size === 0 ? {} : { cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; ') }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const cookie of reply.headers.getSetCookie()) this.#keep(cookie);
    return reply;
  }

  /** Moves a cent from the first of the customer's accounts to the second, under a key of its own. */
  transfer(key: string): Promise<Response> {
    const [from, to] = this.#accounts;
    const transfer = { from, to, amountMinor: 1, currency: 'EUR' };
    return this.ask('POST', '/account/transfers', transfer, { 'idempotency-key': key });
  }

  /** Moves a cent in a stateful mode, in its three steps; the reply of the first step that fails. */
  async transferInSteps(path: string): Promise<Response> {
    const [, to] = this.#accounts;
    const steps = [
      () => this.ask('POST', `${path}/transfer`),
      () => this.ask('PUT', `${path}/transfer/payee`, { to }),
      () => this.ask('PUT', `${path}/transfer/amount`, { amountMinor: 1, currency: 'EUR' }),
    ];
    for (const step of steps) {
      const reply = await step();
      if (!reply.ok) return reply;
    }
    return this.ask('POST', `${path}/transfer/confirm`);
  }

  /** The transfer ids on the statement of the first account, one for each entry. */
  async statement(): Promise<string[]> {
    const ids: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const query = `?limit=100${next && `&after=${next}`}`;
      const reply = await this.ask('GET', `/account/accounts/${this.#accounts[0]}/entries${query}`);
      const page = (await reply.json()) as { entries: { transferId: string }[]; next: string | null };
      ids.push(...page.entries.map(({ transferId }) => transferId));
      next = page.next;
    }
    return ids;
  }

  #credentials(): object {
    return { username: this.username, password: 'correct horse battery staple' };
  }

  #keep(setCookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? [];
    if (/max-age=0/i.test(setCookie)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}
