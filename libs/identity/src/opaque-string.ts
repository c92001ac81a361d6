/**
 * A password as RFC 8265, section 4.2 prepares it, so that it is the same from whatever keyboard: any space is the ASCII
 * one, and a character with its accent is one, not two (NFC).
 */
export function opaqueString(password: string): string {
  return password.replace(/\p{Zs}/gu, ' ').normalize('NFC');
}
