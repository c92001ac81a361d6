import { Parser } from 'htmlparser2';

/** A named value of an HTML page: of an `<input>`, or of a `<meta>`. */
export interface HtmlField {
  readonly element: 'input' | 'meta';
  /** Whether nobody sees or types it: a hidden field, or a `<meta>`. */
  readonly isHidden: boolean;
  readonly name: string;
  readonly value: string;
}

/** The fields of an HTML page in their order, with what stands in them when it comes. */
export function htmlFields(html: string): readonly HtmlField[] {
  const fields: HtmlField[] = [];
  if (!/<(input|meta)\b/i.test(html)) return fields;
  const parser = new Parser({
    onopentag: (element, { name, value, content, type = 'text' }) => {
      if (name === undefined) return;
      if (element === 'meta' && content !== undefined) {
        fields.push({ element, isHidden: true, name, value: content });
      } else if (element === 'input' && value !== undefined) {
        fields.push({ element, isHidden: type.toLowerCase() === 'hidden', name, value });
      }
    },
  });
  parser.end(html);
  return fields;
}
