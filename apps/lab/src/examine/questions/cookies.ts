import { isOpaque } from '../replies/tokens.js';

/** Of a `name=value`. */
export const nameOf = (cookie: string): string => cookie.slice(0, indexOfValue(cookie) - 1);
export const valueOf = (cookie: string): string => cookie.slice(indexOfValue(cookie));

const indexOfValue = (cookie: string): number => cookie.indexOf('=') + 1;

/** Random characters of one alphabet say nothing, and no id needs more of them: 128 random bytes are 256 of hexadecimal digits. */
export const longestId = 256;
/** An id with a signature or a version beside it is shorter; ciphertext in parts is longer, and hides what it holds. */
const longestInParts = 150;

/** Base64's or Base64url's, as all shorter ones are in them. */
const oneAlphabet = /^([A-Za-z0-9+/]+|[\w-]+)={0,2}$/;
/** What iron, ASP.NET's Data Protection and Fernet begin what they encrypt with. */
const ciphertext = /^(Fe26\.2\*|CfDJ8|gAAAAA)/;

/** Whether a cookie or token holds content, such as a signed session or a JWT, rather than an id of what a server keeps. */
export function looksLikeContent(value: string): boolean {
  return contentIn(value) !== undefined;
}

/** By what a cookie or token shows that it holds content, without its value; undefined for an id. Reads on from "it". */
export function contentIn(value: string): string | undefined {
  const text = decoded(value);
  if (holdsJson(text)) return wrapsAnId(text) ? undefined : 'is JSON';
  if (ciphertext.test(text)) return 'is encrypted, by how it begins';
  const parts = text.split(/[.:]|--/);
  const texts = parts.map((part) => Buffer.from(part, 'base64url').toString());
  const json = texts.filter(holdsJson);
  if (json.length > 0 && json.every(wrapsAnId)) return undefined;
  if (json.length > 0) return /^eyJ[^.]*(\.[^.]*){2,}$/.test(text) ? 'is a JWT' : 'has JSON in it, in Base64';
  if (parts.some(isDeflated)) return 'has deflated data in it, in Base64';
  if (texts.some(holdsText)) return 'has text in it, in Base64';
  if (text.length <= (oneAlphabet.test(text) ? longestId : longestInParts)) return undefined;
  return `has ${text.length} characters: its length alone, not what can be read in it, speaks for content`;
}

const holdsJson = (text: string): boolean => /^[[{]".*[\]}]$/s.test(text);

/** A key under which an id of a session stands, and not one of a user. */
const sessionKey = /sid$|sess|token|ticket|jti/i;
/** So long is no id of a thing in a database: 128 bits as hexadecimal digits. */
const idOfSession = 32;

/** Whether JSON tells nothing but an id of what a server keeps: `{"token":"c81b…"}`, as cookie-session wraps it. */
function wrapsAnId(text: string): boolean {
  const leaves = leavesOf(parsed(text));
  const ids = leaves.filter(([key, value]) => isSessionId(key, value));
  const isSilent = ([, value]: Leaf): boolean => typeof value !== 'string' || value === '';
  return ids.length > 0 && leaves.every((leaf) => ids.includes(leaf) || isSilent(leaf));
}

function isSessionId(key: string, value: unknown): boolean {
  return (
    typeof value === 'string' &&
    isOpaque(value) &&
    (sessionKey.test(key) || (value.length >= idOfSession && !/-/.test(value)))
  );
}

type Leaf = readonly [key: string, value: unknown];

function leavesOf(value: unknown, key = ''): Leaf[] {
  if (typeof value !== 'object' || value === null) return [[key, value]];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, name));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Fields of a text have signs between them, which an id that was encoded once more (a UUID) has not. */
function holdsText(text: string): boolean {
  return /^[^\p{C}\uFFFD]{12,}$/u.test(text) && (text.match(/[=&;,:|"{} ]/g) ?? []).length >= 2;
}

/** As Flask and Django write a session that is shorter so: zlib, in Base64. */
function isDeflated(part: string): boolean {
  const [first, second = 0] = Buffer.from(part, 'base64url');
  return part.length > 20 && first === 0x78 && (0x7800 + second) % 31 === 0;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
