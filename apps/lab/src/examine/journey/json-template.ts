import { parsedJson } from '../../http/parsed-json.js';
import { namesIn } from './placeholders.js';

const stringOrName = /"[^"\\]*(?:\\.[^"\\]*)*"|\{\{\s*[\w.-]+\s*\}\}/g;
/** Begins a string that stands for a `{{name}}` without quotes, which JSON has no word for. */
const bare = '\u0000';

/** A string or a number somewhere in a JSON text; a `{{name}}` without quotes counts as a number. */
export interface JsonLeaf {
  /** A JSON Pointer (RFC 6901). */
  readonly pointer: string;
  readonly value: string;
  readonly isNumber: boolean;
}

/** Reads JSON in which `{{name}}` may stand for a value, within quotes or without; undefined where it is none. */
export function parseTemplate(text: string): unknown {
  const withBare = () =>
    text.replace(stringOrName, (part) => (part.startsWith('"') ? part : JSON.stringify(bare + part)));
  return parsedJson(text) ?? (namesIn(text).length > 0 ? parsedJson(withBare()) : undefined);
}

/** Changes strings and numbers of a JSON text, which stays as it was, to the last space, where nothing changes. */
export function changeLeaves(text: string, change: (leaf: JsonLeaf) => string): string {
  const template = parseTemplate(text);
  let changed = false;
  const visit = (value: unknown, pointer: string): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => visit(item, `${pointer}/${index}`));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, visit(item, `${pointer}/${escapeKey(key)}`)]),
      );
    }
    if (typeof value !== 'string' && typeof value !== 'number') return value;
    const isNumber = typeof value === 'number' || value.startsWith(bare);
    const before = String(value).replace(bare, '');
    const after = change({ pointer, value: before, isNumber });
    if (after === before) return value;
    changed = true;
    return isNumber ? bare + after : after;
  };
  const result = visit(template, '');
  return changed ? JSON.stringify(result).replace(/"\\u0000([^"]*)"/g, '$1') : text;
}

/** Fills each `{{name}}` of a JSON text: escaped within quotes, as a value of its own without. */
export function fillJson(text: string, valueOf: (name: string) => string): string {
  const quoted = (part: string) =>
    part.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (_, name: string) => escaped(valueOf(name)));
  return text.replace(stringOrName, (part) =>
    part.startsWith('"') ? quoted(part) : scalar(valueOf(part.slice(2, -2).trim())),
  );
}

/** What a JSON Pointer leads to; undefined where it leads nowhere. */
export function atPointer(json: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as Record<string, unknown>)[key]
          : undefined,
      json,
    );
}

/** A key as a JSON Pointer (RFC 6901) has it. */
export function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function escaped(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

function scalar(value: string): string {
  return /^(-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|true|false|null)$/.test(value) ? value : JSON.stringify(value);
}
