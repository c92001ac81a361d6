import { Cookie, CookieJar } from 'tough-cookie';

/** Of those that a Date can hold. */
const lastDate = 8.64e15;

/** Is told of a cookie that a browser would not keep either, and why; never its value. */
export type CookieRefused = (name: string, why: string) => void;

/** The cookies of one client, kept and sent as by a browser that has the service at `origin` open. */
export class BrowserCookies {
  constructor(
    private readonly origin: string,
    private readonly refused: CookieRefused,
    private readonly jar = new CookieJar(undefined, {
      looseMode: true,
      prefixSecurity: 'strict',
      enforceSecureOriginOnStorage: true,
    }),
  ) {}

  /** Takes in the `Set-Cookie` lines of the reply to a request for `path`. */
  accept(lines: readonly string[], path: string): void {
    for (const line of lines) {
      try {
        this.jar.setCookieSync(readAsBrowsers(line, new URL(this.origin).hostname) ?? line, this.origin + path);
      } catch (error) {
        this.refused(line.split(/[=;]/, 1)[0]!.trim(), (error as Error).message);
      }
    }
  }

  /** Those that go with a request for `path`, as `name=value`. */
  for(path: string, without: readonly string[] = []): string[] {
    const cookies = this.jar.getCookiesSync(this.origin + path);
    return cookies.filter(({ key }) => !without.includes(key)).map((cookie) => cookie.cookieString());
  }

  /** The value of a cookie that a page at `path` may read. */
  value(name: string, path: string): string | undefined {
    return this.jar.getCookiesSync(this.origin + path).find(({ key }) => key === name)?.value;
  }

  copy(): BrowserCookies {
    return new BrowserCookies(this.origin, this.refused, this.jar.cloneSync());
  }
}

/** Reads a cookie where the library and browsers (RFC 6265, 5.3) differ; undefined for what is none. */
function readAsBrowsers(line: string, hostname: string): Cookie | undefined {
  const cookie = Cookie.parse(line, { loose: true });
  // The library takes an address of four numbers for a public suffix.
  if (cookie?.domain === hostname) cookie.domain = null;
  // The library counts Max-Age from a cookie's last use, not from when it came.
  if (typeof cookie?.maxAge === 'number') {
    cookie.setExpires(new Date(Math.min(Date.now() + cookie.maxAge * 1_000, lastDate)));
    cookie.maxAge = null;
  }
  return cookie;
}
