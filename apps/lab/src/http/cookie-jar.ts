interface Cookie {
  readonly value: string;
  readonly path: string;
}

/** The cookies of one customer at one host: name, value, Path and Max-Age of RFC 6265, which is all the bank uses. */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();

  /** A jar that sends exactly these, each `name=value`, with every request. */
  static holding(cookies: readonly string[]): CookieJar {
    const jar = new CookieJar();
    jar.accept(cookies);
    return jar;
  }

  /** Takes in the `Set-Cookie` lines of a reply. */
  accept(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const [name, value] = splitAt(pair, '=');
      const settings = new Map(
        attributes.map((text) => splitAt(text, '=')).map(([key, text]) => [key.toLowerCase(), text]),
      );
      const path = settings.get('path') ?? '/';
      if (isOver(settings)) this.#cookies.delete(name);
      else this.#cookies.set(name, { value, path });
    }
  }

  /** The cookies to send with a request for `path`, as `name=value`. */
  for(path: string): string[] {
    return [...this.#cookies]
      .filter(([, cookie]) => covers(cookie.path, path))
      .map(([name, { value }]) => `${name}=${value}`);
  }
}

function isOver(settings: ReadonlyMap<string, string>): boolean {
  const maxAge = settings.get('max-age');
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  const expires = settings.get('expires');
  return expires !== undefined && Date.parse(expires) <= Date.now();
}

function covers(cookiePath: string, path: string): boolean {
  if (!path.startsWith(cookiePath)) return false;
  return cookiePath.endsWith('/') || path.length === cookiePath.length || '/?'.includes(path.charAt(cookiePath.length));
}

function splitAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
