import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiRequestBodyObject,
  type ZodOpenApiResponsesObject,
  type ZodOpenApiSecuritySchemeObject,
} from 'zod-openapi';
import { problemContentType, serviceProblems, type ProblemTable } from './problems/problem.js';

export interface DocumentedReply {
  readonly description: string;
  readonly schema?: z.ZodType;
  readonly headers?: z.ZodObject;
}

export interface Operation {
  /** What generated clients call it (`operationId`). */
  readonly id: string;
  /** One of the API's. */
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  /** What the caller must bring; nothing unless set. */
  readonly security?: 'bearer' | 'cookie';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  /** An optional schema for a body that may be left out. */
  readonly body?: z.ZodType;
  /** By status, the replies when all is well. */
  readonly replies: Readonly<Record<number, DocumentedReply>>;
  /** Codes of the problems that it can answer with, beside those that every operation can. */
  readonly problems?: readonly string[];
}

export interface Api {
  readonly title: string;
  readonly description: string;
  /** What operations are grouped by, each with a sentence. */
  readonly tags: Readonly<Record<string, string>>;
  /** The app's own problems. */
  readonly problems: ProblemTable;
  /** Name of the cookie that `security: 'cookie'` means. */
  readonly cookie?: string;
  /** By method and path as Fastify writes it: `GET /account/accounts/:id`. */
  readonly operations: Readonly<Record<string, Operation>>;
}

const problemDocument = z
  .looseObject({
    type: z.string().meta({ description: 'Stable: urn:tellers:problem:<code>' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    requestId: z.string().optional(),
  })
  .meta({ id: 'Problem', description: 'A problem document (RFC 9457)' });

const anyOperation = [
  'bad-request',
  'method-not-allowed',
  'request-timeout',
  'expectation-failed',
  'header-too-large',
  'internal-error',
];
const withParams = ['not-found', 'uri-too-long'];
/** Whether or not it takes a body: one may come. */
const withChange = [
  'malformed-json',
  'cross-origin-refused',
  'body-too-large',
  'unsupported-media-type',
  'invalid-request',
];
const withBearer = ['token-missing', 'token-invalid', 'keys-unavailable'];

const conventions =
  'A path has no slash at its end. Text is Unicode, without half characters. An error is a problem document (RFC 9457), ' +
  'whose `type` ends with one of the codes that its operation names.';

/** The OpenAPI 3.1 document of an app: operations with what they take, return and refuse. */
export function describeApi(api: Api): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const [signature, operation] of Object.entries(api.operations)) {
    const [method = '', route = ''] = signature.split(' ');
    const path = route.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [method.toLowerCase()]: describeOperation(method, operation, api.problems) };
  }
  const document: ZodOpenApiObject = {
    openapi: '3.1.0',
    info: {
      title: api.title,
      version: '1.0.0',
      description: `${api.description}\n\n${conventions}`,
      contact: { name: 'Tellers' },
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/' }],
    tags: Object.entries(api.tags).map(([name, description]) => ({ name, description })),
    paths,
    components: { securitySchemes: schemesOf(api) },
  };
  // The format says it all; the pattern is of no use to whoever makes up a time.
  return createDocument(document, {
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
}

/** Those that an operation asks for. */
function schemesOf({ cookie, operations }: Api): Record<string, ZodOpenApiSecuritySchemeObject> {
  const needsToken = Object.values(operations).some(({ security }) => security === 'bearer');
  return {
    ...(needsToken && { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } }),
    ...(cookie && { cookie: { type: 'apiKey', in: 'cookie', name: cookie } }),
  };
}

function describeOperation(method: string, operation: Operation, table: ProblemTable): object {
  const { id, tag, summary, description, security, params, query, headers, body, replies } = operation;
  const codes = [
    ...anyOperation,
    ...(method === 'GET' ? [] : withChange),
    ...(params ? withParams : []),
    ...(query ? ['invalid-request'] : []),
    ...(body && !isOptional(body) ? ['body-missing'] : []),
    ...(security === 'bearer' ? withBearer : []),
    ...(operation.problems ?? []),
  ];
  return {
    operationId: id,
    tags: [tag],
    summary,
    description,
    security: security ? [{ [security]: [] }] : [],
    requestParams: { ...(params && { path: params }), ...(query && { query }), ...(headers && { header: headers }) },
    ...(body && { requestBody: describeBody(body) }),
    responses: {
      ...Object.fromEntries(Object.entries(replies).map(([status, reply]) => [status, describeReply(reply)])),
      ...describeProblems(codes, { ...serviceProblems, ...table }),
    },
  };
}

const isOptional = (body: z.ZodType): body is z.ZodOptional<z.ZodType> => body instanceof z.ZodOptional;

function describeBody(body: z.ZodType): ZodOpenApiRequestBodyObject {
  const schema = isOptional(body) ? body.unwrap() : body;
  return { required: !isOptional(body), content: { 'application/json': { schema } } };
}

function describeReply({ description, headers, schema }: DocumentedReply): object {
  return {
    description,
    ...(headers && { headers }),
    ...(schema && { content: { 'application/json': { schema } } }),
  };
}

/** One response a status, with the codes and titles that can stand behind it. */
function describeProblems(codes: readonly string[], table: ProblemTable): ZodOpenApiResponsesObject {
  const byStatus = new Map<number, string[]>();
  for (const code of new Set(codes)) {
    const kind = table[code];
    if (!kind) throw new Error(`${code} is in no table of problems`);
    byStatus.set(kind.status, [...(byStatus.get(kind.status) ?? []), `\`${code}\`: ${kind.title}`]);
  }
  const responses = [...byStatus].map(([status, lines]) => [
    status,
    { description: lines.join('. '), content: { [problemContentType]: { schema: problemDocument } } },
  ]);
  return Object.fromEntries(responses) as ZodOpenApiResponsesObject;
}
