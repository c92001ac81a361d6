import type { HarEntry } from './har-file.js';

/** What an entry is to a journey: of all of these, only pages' own requests belong to it. */
export type EntryKind = 'request' | 'asset' | 'web socket' | 'event stream' | 'preflight' | 'unanswered' | 'not HTTP';

const assetTypes = [
  'image',
  'font',
  'stylesheet',
  'script',
  'media',
  'manifest',
  'texttrack',
  'ping',
  'csp-violation-report',
];
const assetMimes =
  /^(image|font|audio|video)\/|^text\/css|javascript|ecmascript|^application\/(wasm|font|manifest\+json|vnd\.ms-fontobject)/i;
const assetEndings =
  /\.(avif|bmp|css|eot|gif|ico|jpe?g|js|map|mjs|mp[34]|ogg|otf|png|svg|ttf|wasm|wav|webm|webmanifest|webp|woff2?)$/i;

/** By what the browser called it, else by the reply's content type, else by the path's ending. */
export function entryKind({ _resourceType: type, request, response }: HarEntry): EntryKind {
  if (type === 'websocket' || response.status === 101 || /^wss?:/i.test(request.url)) return 'web socket';
  if (!/^https?:/i.test(request.url) || !URL.canParse(request.url)) return 'not HTTP';
  const mime = response.content?.mimeType ?? '';
  if (type === 'eventsource' || /^text\/event-stream/i.test(mime)) return 'event stream';
  if (request.method === 'OPTIONS') return 'preflight';
  if (request.method === 'GET' && isAsset(type, mime, new URL(request.url).pathname)) return 'asset';
  return response.status > 0 ? 'request' : 'unanswered';
}

function isAsset(type: string | undefined, mime: string, path: string): boolean {
  if (type !== undefined && assetTypes.includes(type)) return true;
  return assetMimes.test(mime) || assetEndings.test(path);
}
