import { request as http } from 'node:http';
import { request as https } from 'node:https';

/** What a browser does: sends back the cookies that it was given. */
export class Client {
  #cookies = new Map();

  constructor(hostHeader) {
    this.hostHeader = hostHeader;
  }

  /**
   * Sends a request, each on a connection of its own, and checks the status that is expected.
   * @returns the JSON body and the name of the pod that answered
   */
  async send(method, url, { body, token, status = 200, headers = {} } = {}) {
    const reply = await exchange(method, url, body, {
      ...headers,
      ...(this.hostHeader && { host: this.hostHeader }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...(this.#cookies.size > 0 && { cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; ') }),
    });
    for (const cookie of reply.headers['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      if (/max-age=0/i.test(cookie)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    if (reply.status !== status) {
      throw new Error(`${method} ${url} answered ${reply.status} instead of ${status}: ${reply.text}`);
    }
    return { body: reply.text && JSON.parse(reply.text), pod: reply.headers['x-served-by']?.split('/')[0] };
  }
}

function exchange(method, url, body, headers) {
  const content = body === undefined ? undefined : JSON.stringify(body);
  const send = url.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method,
      agent: false,
      timeout: 10_000,
      // The controller is called by its name in the cluster here, which no certificate is for.
      rejectUnauthorized: false,
      headers: {
        ...headers,
        ...(content && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) }),
      },
    });
    request.on('timeout', () => request.destroy(new Error(`${method} ${url} was not answered within 10 s`)));
    request.on('error', reject);
    request.on('response', (response) => {
      const { statusCode: status, headers: replyHeaders } = response;
      textOf(response).then((text) => resolve({ status, headers: replyHeaders, text }), reject);
    });
    request.end(content);
  });
}

async function textOf(response) {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return text;
}
