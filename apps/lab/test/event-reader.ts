import { get, type ClientRequest, type IncomingMessage } from 'node:http';

/** One message of a stream of server-sent events. */
export interface Message {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

/** Reads a stream of server-sent events as a browser does, until it is closed or broken. */
export class EventReader {
  readonly messages: Message[] = [];
  /** Why there is no stream, or why it ended. */
  ended: string | undefined;
  type: string | undefined;
  readonly #request: ClientRequest;
  #rest = '';

  constructor(url: string, lastEventId?: string) {
    const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
    this.#request = get(url, { headers, agent: false }, (reply) => this.#read(reply));
    this.#request.on('error', (error) => (this.ended ??= error.message));
  }

  get last(): Message | undefined {
    return this.messages.at(-1);
  }

  /** What a lost network does. */
  cut(): void {
    this.#request.destroy();
  }

  async until(holds: () => boolean, timeoutMs = 20_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!holds()) {
      if (Date.now() > deadline) throw new Error(`It did not come: ${JSON.stringify(this.last)} ${this.ended ?? ''}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  #read(reply: IncomingMessage): void {
    this.type = reply.headers['content-type'];
    if (reply.statusCode !== 200) {
      this.ended = `it answers ${reply.statusCode}`;
      return this.cut();
    }
    reply.setEncoding('utf8');
    reply.on('data', (chunk: string) => {
      const parts = (this.#rest + chunk).split('\n\n');
      this.#rest = parts.pop()!;
      for (const part of parts) this.#take(part);
    });
    reply.on('end', () => (this.ended ??= 'ended'));
    reply.on('error', (error) => (this.ended ??= error.message));
  }

  #take(part: string): void {
    const fields = new Map(part.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]));
    if (!fields.has('data')) return;
    this.messages.push({
      id: fields.get('id') ?? '',
      event: fields.get('event') ?? 'message',
      data: JSON.parse(fields.get('data')!),
    });
  }
}
