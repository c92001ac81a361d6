import { parseTemplate } from './json-template.js';

/** How the body of a request is written, and so where in it values stand and how they are encoded. */
export type BodyKind = 'form' | 'json' | 'multipart' | 'text';

/** Goes by the content type, and by the body's look where that says nothing: scripts post JSON as `text/plain`, too. */
export function bodyKind(body: string, contentType = ''): BodyKind {
  if (/^application\/x-www-form-urlencoded/i.test(contentType)) return 'form';
  if (/^multipart\/form-data/i.test(contentType)) return 'multipart';
  const mayBeJson = /[/+]json\b/i.test(contentType) || /^(text\/plain|$)/i.test(contentType);
  return mayBeJson && /^\s*[{["]/.test(body) && parseTemplate(body) !== undefined ? 'json' : 'text';
}
