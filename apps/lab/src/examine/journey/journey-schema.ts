import { z } from 'zod';

const eitherWay = { error: 'write true or false' };
const howToWriteText = { error: 'write a text or a number' };
const text = z.union([z.string(), z.number(), z.boolean()], howToWriteText).transform(String);
const name = z.string().regex(/^[\w-]+$/, 'a name has letters, digits, _ and - alone');
const pattern = z.string().refine(isPattern, 'this is no regular expression');
const path = z.string().regex(/^(\/|\{\{)/, 'a path begins with /; scheme and host stand once, as origin or in --url');

const source = z.union(
  [
    z.strictObject({ json: z.string().regex(/^(\/.*)?$/, 'a JSON Pointer begins with /') }),
    z.strictObject({ field: z.string() }),
    z.strictObject({ header: z.string(), pattern: pattern.default('.+') }),
    z.strictObject({ body: pattern }),
    z.strictObject({ cookie: z.string() }),
  ],
  { error: 'write one of json: /pointer, field: name, cookie: name, body: pattern, or header: name with a pattern' },
);

/** The methods of a journey, as keys of its requests. */
export const methodKeys = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const;

const request = z.strictObject({
  name: z.string().optional(),
  get: path.optional(),
  post: path.optional(),
  put: path.optional(),
  patch: path.optional(),
  delete: path.optional(),
  head: path.optional(),
  options: path.optional(),
  headers: z.record(z.string(), text).default({}),
  form: z.record(z.string(), z.union([text, z.array(text)], howToWriteText)).optional(),
  json: z.json().optional(),
  body: z.string().optional(),
  takes: z.record(name, source).default({}),
  keeps: z.strictObject({ status: z.int().optional(), contains: text.optional(), lacks: text.optional() }).optional(),
  reads: z.boolean(eitherWay).optional(),
  signsOut: z.boolean(eitherWay).optional(),
});

/** A journey as it is written in YAML. */
export const journeySchema = z.strictObject({
  origin: z.url({ protocol: /^https?$/, error: 'write scheme and host, such as http://127.0.0.1:3000' }).optional(),
  requests: z.array(request).min(1, 'a journey has one request or more'),
});

export type WrittenJourney = z.output<typeof journeySchema>;
export type WrittenRequest = z.output<typeof request>;
export type WrittenSource = z.output<typeof source>;

function isPattern(written: string): boolean {
  try {
    return new RegExp(written) instanceof RegExp;
  } catch {
    return false;
  }
}
