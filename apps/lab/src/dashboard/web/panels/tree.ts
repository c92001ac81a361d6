import { element } from '../element.js';

const mostItems = 6;
const words = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

/** Plain JSON as nested lists. */
export function tree(value: unknown): HTMLElement {
  if (Array.isArray(value)) return list(value);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0) return element('span', 'faint', 'nothing');
    return element(
      'dl',
      'tree',
      ...entries.map(([name, part]) =>
        element('div', '', element('dt', '', words(name)), element('dd', '', tree(part))),
      ),
    );
  }
  return element('span', '', typeof value === 'string' ? value : JSON.stringify(value ?? null));
}

function list(items: readonly unknown[]): HTMLElement {
  if (items.length === 0) return element('span', 'faint', 'none');
  const shown = items.slice(0, mostItems).map((item) => element('li', '', tree(item)));
  const rest = items.length - shown.length;
  return element('ul', 'tree', ...shown, ...(rest > 0 ? [element('li', 'faint', `and ${rest} more`)] : []));
}
