import type { ActionName, BankSnapshot } from '../protocol/snapshots.js';

/** The lab did not do what it was asked; the message says why in words. */
export class ActionRefused extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

const kept = 'tellers-token';

/** What the page asks of the lab beyond looking. */
export class LabApi {
  #token: string | null = sessionStorage.getItem(kept);
  #wrong = false;
  #now: BankSnapshot | undefined;

  /** The token of a link, which is kept for this tab alone. */
  take(token: string): void {
    this.#token = token;
    this.#wrong = false;
    sessionStorage.setItem(kept, token);
  }

  hear(now: BankSnapshot): void {
    this.#now = now;
  }

  /** How the bank is, as the lab told last. */
  get now(): BankSnapshot {
    if (this.#now === undefined) throw new Error('Nothing was told yet.');
    return this.#now;
  }

  can(act: ActionName): boolean {
    return this.#token !== null && (this.#now?.may.includes(act) ?? false);
  }

  /** Why nothing can be done from this page, and what to do about it; empty where something can. */
  get why(): string {
    if (this.#now === undefined) return '';
    if (this.#now.may.length === 0)
      return 'This lab only looks: it was started read-only, so nothing can be changed here.';
    if (this.#wrong)
      return 'The lab does not know this page’s token any more: open the link that it printed when it started.';
    if (this.#token === null)
      return 'You can look. To act as well, open the link that the lab printed when it started.';
    return '';
  }

  /** @throws Refused */
  async ask<Answer = undefined>(method: Method, path: string, body?: object): Promise<Answer> {
    const reply = await fetch(path, {
      method,
      headers: {
        authorization: `Bearer ${this.#token ?? ''}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new ActionRefused('not-reached', 0, 'The lab does not answer.');
    });
    if (reply.status === 204) return undefined as Answer;
    const answer: unknown = await reply.json().catch(() => undefined);
    if (reply.ok) return answer as Answer;
    if (reply.status === 401) this.#forget();
    throw refusalIn(answer, reply.status);
  }

  /** Asks for something to be deleted by a page that is being closed, and waits for no answer. */
  async leave(path: string): Promise<void> {
    const headers = { authorization: `Bearer ${this.#token ?? ''}` };
    await fetch(path, { method: 'DELETE', headers, keepalive: true }).catch(() => {});
  }

  #forget(): void {
    this.#token = null;
    this.#wrong = true;
    sessionStorage.removeItem(kept);
  }
}

/** Reads a problem document (RFC 9457). */
function refusalIn(answer: unknown, status: number): ActionRefused {
  const { type = '', title, detail } = (answer ?? {}) as Partial<Record<'type' | 'title' | 'detail', string>>;
  return new ActionRefused(type.replace(/^.*:/, ''), status, detail ?? title ?? `The lab answered ${status}.`);
}
