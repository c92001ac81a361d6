import { Cookie } from 'tough-cookie';
import { figureText } from '../../report/format.js';
import type { WalkedStep } from '../walk/walker.js';

/** A cookie as a service sets it, but for its value. */
export interface CookieFlags {
  readonly name: string;
  readonly bytes: number;
  readonly httpOnly: boolean;
  readonly secure: boolean;
  readonly sameSite: string | undefined;
  /** Undefined where it lives as long as the browser. */
  readonly seconds: number | undefined;
  /** The request whose reply set it first. */
  readonly setBy: string;
}

/** Each cookie that replies set: its flags as it was set last, its size where it was largest; none that was only taken back. */
export function cookiesSet(steps: readonly WalkedStep[], now = Date.now()): CookieFlags[] {
  const found = new Map<string, CookieFlags>();
  for (const { request, reply } of steps) {
    for (const line of reply.headers['set-cookie'] ?? []) {
      const cookie = Cookie.parse(line, { loose: true });
      if (cookie === undefined || cookie.expiryTime(new Date(now))! <= now) continue;
      const { key: name, value, httpOnly, secure, sameSite } = cookie;
      const end = cookie.expiryTime(new Date(now));
      found.set(name, {
        name,
        bytes: Math.max(found.get(name)?.bytes ?? 0, Buffer.byteLength(value)),
        httpOnly,
        secure,
        sameSite,
        seconds: end === undefined || !Number.isFinite(end) ? undefined : Math.round((end - now) / 1_000),
        setBy: found.get(name)?.setBy ?? request.name,
      });
    }
  }
  return [...found.values()];
}

/** Whether a cookie lacks a guard that it should have. */
export function unguarded(
  { httpOnly, secure, sameSite }: CookieFlags,
  { isTls, isReadable }: { readonly isTls: boolean; readonly isReadable: boolean },
): boolean {
  const isSentByOthers = sameSite === undefined || sameSite === 'none';
  return isSentByOthers || (!httpOnly && !isReadable) || (isTls && !secure);
}

/** A cookie and its attributes in a sentence, without its value. */
export function inWords({ name, bytes, httpOnly, secure, sameSite, seconds, setBy }: CookieFlags): string {
  const flags = [
    httpOnly ? 'HttpOnly' : 'no HttpOnly',
    secure ? 'Secure' : 'no Secure',
    sameSite === undefined ? 'no SameSite' : `SameSite=${sameSite}`,
    seconds === undefined ? 'until the browser ends' : `for ${lasting(seconds)}`,
  ].join(', ');
  return `${setBy} sets the cookie ${name}: ${figureText(bytes, 'bytes')}, ${flags}.`;
}

function lasting(seconds: number): string {
  const [count, unit] =
    seconds < 7_200 ? [seconds / 60, 'min'] : seconds < 172_800 ? [seconds / 3_600, 'h'] : [seconds / 86_400, 'days'];
  return `${Math.round(count)} ${unit}`;
}
