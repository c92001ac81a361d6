/** Of a `name=value`. */
export const nameOf = (cookie: string): string => cookie.slice(0, indexOfValue(cookie) - 1);
export const valueOf = (cookie: string): string => cookie.slice(indexOfValue(cookie));

const indexOfValue = (cookie: string): number => cookie.indexOf('=') + 1;

/** No id is so long; ciphertext is, and hides what it holds. */
const longestId = 150;

/** Whether a cookie or token holds content, such as a signed session or a JWT, rather than an id of what a server keeps. */
export function looksLikeContent(value: string): boolean {
  const text = decoded(value);
  if (text.length > longestId || holdsJson(text)) return true;
  return text.split(/[.:]|--/).some((part) => holdsJson(Buffer.from(part, 'base64url').toString()) || isDeflated(part));
}

const holdsJson = (text: string): boolean => /^[[{]".*[\]}]$/s.test(text);

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
