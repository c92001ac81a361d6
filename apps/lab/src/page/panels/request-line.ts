import type { RequestView } from '../../protocol/actions.js';
import { element } from '../element.js';
import { milliseconds } from '../formatted.js';
import { tree } from './tree.js';

/** One request as it travelled: who answered, what was sent and what came back. */
export class RequestLine {
  readonly root: HTMLElement;

  constructor({ what, method, path, status, pod, ms, bytes, outcome, ...displayed }: RequestView) {
    const sent = bytes.requestHeader + bytes.requestBody;
    const got = bytes.replyHeader + bytes.replyBody;
    const line = element(
      'summary',
      outcome === 'ok' ? '' : 'bad',
      element('strong', '', what),
      ` ${method} ${path} `,
      element('span', 'nowrap', `${status ?? 'no answer'}`),
      element('small', '', `${pod ?? 'no pod'}, ${milliseconds(ms)}, sent ${sent} B, got ${got} B`),
    );
    const details = element('details', 'exchange', line);
    // Most are never opened.
    details.addEventListener('toggle', () => details.append(...partsOf(displayed, bytes)), { once: true });
    this.root = element('li', '', details);
  }

  /** What has travelled does not change. */
  show(): void {}
}

type Parts = Pick<RequestView, 'requestHeaders' | 'requestBody' | 'replyHeaders' | 'replyBody' | 'token'>;

function partsOf(parts: Parts, bytes: RequestView['bytes']): HTMLElement[] {
  const { requestHeaders, requestBody, replyHeaders, replyBody, token } = parts;
  return [
    ...part(`Request headers, ${bytes.requestHeader} B`, headers(requestHeaders)),
    ...(token === null ? [] : part('Claims in the token that it carried', tree(token.claims))),
    ...(requestBody == null ? [] : part(`Request body, ${bytes.requestBody} B`, json(requestBody))),
    ...part(`Reply headers, ${bytes.replyHeader} B`, headers(replyHeaders)),
    ...(replyBody == null ? [] : part(`Reply body, ${bytes.replyBody} B`, json(replyBody))),
  ];
}

function part(title: string, body: HTMLElement): HTMLElement[] {
  return [element('h4', '', title), body];
}

function headers(all: RequestView['requestHeaders']): HTMLElement {
  return wide('pre', all.map(([name, value]) => `${name}: ${value}`).join('\n'));
}

function json(body: unknown): HTMLElement {
  return wide('pre', JSON.stringify(body, undefined, 2));
}

function wide(name: 'pre', text: string): HTMLElement {
  return element(name, '', text);
}
