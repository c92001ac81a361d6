import { Parser } from 'htmlparser2';
import { parsedJson } from '../../http/parsed-json.js';
import { jsonParts } from './json-parts.js';
import { placedPart, type ReplyPart } from './part.js';
import { pathOf } from './path-of.js';
import { tokensOf } from './tokens.js';

const inline = new Set(
  'a abbr b bdi bdo big cite code data dfn em font i ins kbd label mark q s samp small span strong sub sup time tt u var'.split(
    ' ',
  ),
);
const silent = new Set(['script', 'style', 'svg', 'template', 'select', 'noscript', 'iframe', 'object', 'math']);
const listed = new Set(['li', 'tr', 'dt', 'dd', 'article', 'item', 'entry']);
const typedText = /^(text|hidden|email|number|search|tel|url|date|time|month|week|color|range|datetime-local)$/;

/** Deeper than any page; what never closes what it opens is read so far. */
const deepest = 1000;

interface Element {
  readonly name: string;
  readonly path: string;
  /** A menu is a list, too, but there is one of it. */
  readonly inMenu: boolean;
  readonly repeated: boolean;
  /** Nobody reads what stands in it. */
  readonly isSilent: boolean;
  readonly attributes: Readonly<Record<string, string>>;
  /** How many blocks of each name it has had. */
  readonly blocks: Map<string, number>;
}

export interface ReadPage {
  readonly parts: readonly ReplyPart[];
  readonly asksPassword: boolean;
}

/** What a page says to a person, where its links and forms lead, and what its forms hold. */
export function readPage(html: string, xml = false): ReadPage {
  const parts: ReplyPart[] = [];
  const stack: Element[] = [
    { name: '', path: '', inMenu: false, repeated: false, isSilent: false, attributes: {}, blocks: new Map() },
  ];
  let text = '';
  let data = '';
  let asksPassword = false;
  const top = () => stack.at(-1)!;
  const isInline = (name: string) => !xml && inline.has(name);

  const add = (kind: string, said: string, { path, repeated }: Element) => {
    parts.push({ kind, at: `${kind} in ${path}`, text: said, tokens: tokensOf(said), repeated });
  };
  const endBlock = () => {
    const said = text.replace(/\s+/g, ' ').trim();
    text = '';
    const block = stack.findLast(({ name }) => !isInline(name))!;
    if (said !== '') add('text', said, block);
  };

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (!isInline(name)) endBlock();
        stack.push(elementOf(name, attributes, top()));
        if (stack.length > deepest) parser.pause();
        if (top().isSilent && name !== 'option') return;
        const { href, action, value = '', type = 'text' } = attributes;
        if (name === 'a' && href !== undefined) add('link', pathOf(href), top());
        if (name === 'form')
          add('form', `${(attributes['method'] ?? 'get').toUpperCase()} ${pathOf(action ?? '')}`, top());
        if (name === 'meta' && attributes['name'] !== undefined) {
          parts.push(placedPart(`field ${attributes['name']}`, attributes['content'] ?? ''));
        }
        if (name === 'option' && 'selected' in attributes) {
          const select = stack.findLast((element) => element.name === 'select')?.attributes['name'];
          if (select !== undefined) parts.push(placedPart(`field ${select}`, value));
        }
        if (name !== 'input') return;
        asksPassword ||= type === 'password';
        const field = attributes['name'];
        if (type === 'submit' || type === 'button') text += ` ${value} `;
        else if (field !== undefined && (typedText.test(type.toLowerCase()) || 'checked' in attributes)) {
          parts.push(placedPart(`field ${field}`, value || ('checked' in attributes ? 'on' : '')));
        }
      },
      ontext(said) {
        const { name, attributes, isSilent } = top();
        if (name === 'textarea' || (name === 'script' && /json/.test(attributes['type'] ?? ''))) data += said;
        else if (!isSilent) text += said;
      },
      onclosetag(name) {
        if (!isInline(name)) endBlock();
        const { attributes } = stack.pop()!;
        if (name === 'textarea') parts.push(placedPart(`field ${attributes['name'] ?? ''}`, data.trim()));
        // State that a page brings for its own scripts.
        const state = name === 'script' && data !== '' ? parsedJson(data) : undefined;
        if (state !== undefined) {
          for (const part of jsonParts(state, `script#${attributes['id'] ?? ''}`)) parts.push(part);
        }
        if (name === 'textarea' || name === 'script') data = '';
      },
    },
    { xmlMode: xml },
  );
  parser.end(html);
  endBlock();
  return { parts, asksPassword };
}

/** A path of names from the nearest element with an id; numbered at its end alone, and not in a list. */
function elementOf(name: string, attributes: Readonly<Record<string, string>>, parent: Element): Element {
  const { id, class: classes } = attributes;
  const number = (parent.blocks.get(name) ?? 0) + 1;
  parent.blocks.set(name, number);
  const step = id === undefined ? name + (classes ? `.${classes.trim().replaceAll(/\s+/g, '.')}` : '') : `#${id}`;
  // Its end tells enough.
  const above = parent.path.replace(/\[\d+\]$/, '').slice(-300);
  const path = id === undefined ? `${above}>${step}` : step;
  const inMenu = parent.inMenu || name === 'nav' || name === 'header' || name === 'footer';
  return {
    name,
    path: listed.has(name) || id !== undefined ? path : `${path}[${number}]`,
    inMenu,
    repeated: !inMenu && (parent.repeated || listed.has(name)),
    isSilent: parent.isSilent || silent.has(name),
    attributes,
    blocks: new Map(),
  };
}
