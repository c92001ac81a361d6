import { literally } from './given-values.js';
import { firstGroup } from './take-values.js';

const contextLength = 24;

/**
 * A pattern that finds `value` in a text by what stands before it on its line (`data-key="([^"]+)`), where it is the first
 * that the pattern finds; digits before it may be others the next time.
 */
export function patternFor(text: string, value: string): string | undefined {
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    const before = /[^\n<>]*$/.exec(text.slice(Math.max(0, at - contextLength), at))?.[0] ?? '';
    const after = text.charAt(at + value.length);
    if (before.trim() === '' || /[\w-]/.test(before.at(-1)!) || /[\w-]/.test(after)) continue;
    const group = after === '' ? '(.+)' : `([^${/[\]\\^-]/.test(after) ? `\\${after}` : after}]+)`;
    const pattern = literally(before).replace(/\d+/g, '\\d+') + group;
    if (firstGroup(text, pattern) === value) return pattern;
  }
  return undefined;
}
