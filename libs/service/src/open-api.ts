import { z } from 'zod';
import { createDocument, type ZodOpenApiPathsObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { problemContentType, serviceProblems, type ProblemTable } from './problems/problem.js';

export interface Reply {
  readonly description: string;
  readonly schema?: z.ZodType;
  readonly headers?: z.ZodObject;
}

export interface Operation {
  readonly summary: string;
  readonly description: string;
  /** What the caller must bring; nothing unless set. */
  readonly security?: 'bearer' | 'cookie';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodType;
  /** By status, the replies when all is well. */
  readonly replies: Readonly<Record<number, Reply>>;
  /** Codes of the problems that it can answer with, beside those that every operation can. */
  readonly problems?: readonly string[];
}

export interface Api {
  readonly title: string;
  readonly description: string;
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

const anyOperation = ['internal-error'];
const withBody = ['malformed-json', 'body-too-large', 'unsupported-media-type', 'invalid-request'];
const withBearer = ['token-missing', 'token-invalid'];

/** The OpenAPI 3.1 document of an app: operations with what they take, return and refuse. */
export function describeApi(api: Api): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const [signature, operation] of Object.entries(api.operations)) {
    const [method = '', route = ''] = signature.split(' ');
    const path = route.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [method.toLowerCase()]: describeOperation(operation, api.problems) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: api.title, version: '1.0.0', description: api.description },
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        ...(api.cookie ? { cookie: { type: 'apiKey', in: 'cookie', name: api.cookie } } : {}),
      },
    },
  });
}

function describeOperation(operation: Operation, table: ProblemTable): object {
  const { summary, description, security, params, query, headers, body, replies } = operation;
  const codes = [
    ...anyOperation,
    ...(body ? withBody : query ? ['invalid-request'] : []),
    ...(security === 'bearer' ? withBearer : []),
    ...(operation.problems ?? []),
  ];
  return {
    summary,
    description,
    security: security ? [{ [security]: [] }] : [],
    requestParams: { ...(params && { path: params }), ...(query && { query }), ...(headers && { header: headers }) },
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    responses: {
      ...Object.fromEntries(Object.entries(replies).map(([status, reply]) => [status, describeReply(reply)])),
      ...describeProblems(codes, { ...serviceProblems, ...table }),
    },
  };
}

function describeReply({ description, headers, schema }: Reply): object {
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
    {
      description: lines.join('. '),
      content: { [problemContentType]: { schema: problemDocument } },
    },
  ]);
  return Object.fromEntries(responses) as ZodOpenApiResponsesObject;
}
