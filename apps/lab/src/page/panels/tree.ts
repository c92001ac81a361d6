import { element } from '../element.js';
import { readable, withoutUnit } from '../formatted.js';

const maxItems = 6;
const words = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

/** Plain JSON as nested lists. */
export function tree(value: unknown, name = ''): HTMLElement {
  if (Array.isArray(value)) return list(value);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0) return element('span', 'faint', 'nothing');
    return element(
      'dl',
      'tree',
      ...entries.map(([key, part]) =>
        element('div', '', element('dt', '', words(withoutUnit(key))), element('dd', '', tree(part, key))),
      ),
    );
  }
  const displayed = element('span', '', readable(name, value));
  // What is abbreviated can be read in full.
  if (typeof value === 'string' && value !== displayed.textContent) displayed.title = value;
  return displayed;
}

function list(items: readonly unknown[]): HTMLElement {
  if (items.length === 0) return element('span', 'faint', 'none');
  const displayed = items.slice(0, maxItems).map((item) => element('li', '', tree(item)));
  const rest = items.length - displayed.length;
  return element('ul', 'tree', ...displayed, ...(rest > 0 ? [element('li', 'faint', `and ${rest} more`)] : []));
}
