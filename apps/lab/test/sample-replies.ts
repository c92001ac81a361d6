import { readReply, type ReadReply } from '../src/examine/replies/read-reply.js';
import type { Reply } from '../src/examine/walk/reply.js';

/** A reply as a walker gives it: a page where nothing else is said. */
export function sampleReply(
  body: string,
  { status = 200, ...headers }: { status?: number } & Record<string, unknown> = {},
): Reply {
  const lines = Object.entries({ 'content-type': 'text/html; charset=utf-8', ...headers });
  return {
    status,
    headers: Object.fromEntries(lines.map(([name, value]) => [name, [value].flat().map(String)])),
    body,
    fault: undefined,
    replica: undefined,
    bytes: { requestHeader: 0, requestBody: 0, replyHeader: 0, replyBody: body.length },
    startedAt: 0,
    endedAt: 1,
  };
}

export function jsonReply(value: unknown, headers: { status?: number } & Record<string, unknown> = {}): Reply {
  return sampleReply(JSON.stringify(value), { 'content-type': 'application/json', ...headers });
}

export function redirectTo(location: string, headers: { status?: number } & Record<string, unknown> = {}): Reply {
  return sampleReply('', { status: 302, location, ...headers });
}

export function noReply(fault: string): Reply {
  return { ...sampleReply(''), status: undefined, headers: {}, fault };
}

/** A page, taken apart. */
export function page(html: string): ReadReply {
  return readReply(sampleReply(html));
}

/** A JSON reply, taken apart. */
export function json(value: unknown): ReadReply {
  return readReply(jsonReply(value));
}

/** As express-session's own example answers. */
export function expressViews(views: number, seconds: number): string {
  return views === 0 ? 'welcome to the session demo. refresh!' : `<p>views: ${views}</p><p>expires in: ${seconds}s</p>`;
}

/** As a Django site with its login answers; its token is masked anew for each page. */
export function djangoShop(user: string, items: readonly string[], token: string): string {
  return `<!doctype html><html><head><title>Cart | Shop</title><style>p { color: red }</style></head><body>
    <nav><ul><li><a href="/">Home</a></li><li>Welcome, <strong>${user}</strong></li>
    <li><form method="post" action="/accounts/logout/"><input type="hidden" name="csrfmiddlewaretoken" value="${token}">
    <button type="submit">Log out</button></form></li></ul></nav>
    <main id="cart"><h1>Your cart</h1>
    ${items.length === 0 ? '<p>Your cart is empty.</p>' : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`}
    </main><script>var started = Date.now();</script></body></html>`;
}

/** As Spring Security's own login page answers. */
export const springLogin = `<!DOCTYPE html><html lang="en"><head><title>Please sign in</title></head><body><div class="container">
  <form class="form-signin" method="post" action="/login"><h2>Please sign in</h2>
  <input type="text" id="username" name="username" required autofocus>
  <input type="password" id="password" name="password" required>
  <input name="_csrf" type="hidden" value="g4bCmhYGVM3kPZ1bXxq8Wn2RtLs0aQ" />
  <button type="submit">Sign in</button></form></div></body></html>`;

/** As podinfo answers at its root. */
export function podinfo(hostname: string, goroutines: number): Record<string, unknown> {
  return {
    hostname,
    version: '6.9.2',
    revision: '8a5a8b6e1a4d8a7b0b1d6a8e6d6b2c7d7a9f9a11',
    color: '#34577c',
    message: `greetings from podinfo v6.9.2`,
    goos: 'linux',
    runtime: 'go1.25.1',
    num_goroutine: `${goroutines}`,
    num_cpu: '2',
  };
}
