/** What of an entry a test says; the rest is as browsers write it. */
export interface SampleEntry {
  readonly request: string;
  readonly origin?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly post?: { readonly mimeType: string; readonly text?: string; readonly params?: readonly object[] };
  /** Chrome's and Playwright's word; other browsers have none. */
  readonly type?: string;
  readonly status?: number;
  readonly gives?: readonly (readonly [name: string, value: string])[];
  readonly mime?: string;
  readonly body?: string;
}

/** A HAR file of entries such as `{ request: 'GET /cart', body: '…' }`, in their order, a second apart. */
export function sampleHar(entries: readonly SampleEntry[]): string {
  return JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'WebInspector', version: '537.36' },
      pages: [],
      entries: entries.map((entry, index) => sampleEntry(entry, index)),
    },
  });
}

/** A form as a browser posts it. */
export function postedForm(fields: Readonly<Record<string, string>>): NonNullable<SampleEntry['post']> {
  return { mimeType: 'application/x-www-form-urlencoded', text: new URLSearchParams(fields).toString() };
}

/** JSON as a page's script posts it. */
export function postedJson(value: unknown): NonNullable<SampleEntry['post']> {
  return { mimeType: 'application/json', text: JSON.stringify(value) };
}

function sampleEntry(entry: SampleEntry, index: number): object {
  const { request, origin = 'http://shop.example', headers = {}, post, type, status = 200, gives = [] } = entry;
  const { body = '', mime = body.startsWith('{') || body.startsWith('[') ? 'application/json' : 'text/html' } = entry;
  const [method = '', path = ''] = request.split(' ');
  const length = post?.text === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(post.text)) };
  const sent = { Host: 'shop.example', 'User-Agent': 'Mozilla/5.0', ...length, ...headers };
  return {
    startedDateTime: new Date(Date.UTC(2026, 10, 29, 12, 0, index)).toISOString(),
    time: 12,
    ...(type !== undefined && { _resourceType: type }),
    request: {
      method,
      url: path.includes('://') ? path : origin + path,
      httpVersion: 'HTTP/1.1',
      headers: Object.entries(sent).map(([name, value]) => ({ name, value })),
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: post?.text?.length ?? 0,
      ...(post !== undefined && { postData: post }),
    },
    response: {
      status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      headers: gives.map(([name, value]) => ({ name, value })),
      cookies: [],
      content: { size: body.length, mimeType: mime, text: body },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: 10, receive: 2 },
  };
}
