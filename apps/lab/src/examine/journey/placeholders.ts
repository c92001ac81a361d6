import type { JourneyRequest } from './journey.js';

const placeholder = /\{\{\s*([\w.-]+)\s*\}\}/g;

/** The names that stand in `text` as `{{name}}`, each as often as it does. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([, name]) => name!);
}

/** The names that a request brings. */
export function namesOf({ path, headers, body = '' }: Pick<JourneyRequest, 'path' | 'headers' | 'body'>): string[] {
  return [path, ...Object.values(headers), body].flatMap(namesIn);
}

/** Puts `fill(name, where it stands)` in the place of each `{{name}}`. */
export function fillNames(text: string, fill: (name: string, offset: number) => string): string {
  return text.replace(placeholder, (_, name: string, offset: number) => fill(name, offset));
}

/** Changes all but the `{{name}}`s of `text`. */
export function aroundNames(text: string, change: (literal: string) => string): string {
  const literals = text.split(placeholder).filter((_, index) => index % 2 === 0);
  const names = text.match(placeholder) ?? [];
  return literals.map((literal, index) => change(literal) + (names[index] ?? '')).join('');
}
