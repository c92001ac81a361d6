import { describe, expect, it } from '@jest/globals';
import { forwardHeaders, returnHeaders } from './headers.js';

describe('the headers of a request', () => {
  it('go on as they are, with Host kept, after those of the connection are taken out', () => {
    const raw = [
      'Host',
      'bank',
      'Connection',
      'X-Mine, keep-alive',
      'X-Mine',
      '1',
      'TE',
      'x',
      'Accept',
      '*/*',
      'Expect',
      '100-continue',
    ];
    expect(forwardHeaders(raw, '127.0.0.1').headers.join(' ')).toBe(
      ['host bank accept */*', 'x-forwarded-for 127.0.0.1 x-forwarded-host bank x-forwarded-proto http'].join(' '),
    );
  });

  it('cannot claim to come from elsewhere', () => {
    const { headers } = forwardHeaders(
      ['Host', 'bank', 'X-Forwarded-For', '8.8.8.8', 'Forwarded', 'for=8.8.8.8'],
      '127.0.0.1',
    );
    expect(headers.join()).not.toContain('8.8.8.8');
  });

  it('cannot have Host or Content-Length taken out by naming them in Connection', () => {
    const { headers } = forwardHeaders(
      ['Host', 'bank', 'Content-Length', '2', 'Connection', 'host, content-length'],
      '127.0.0.1',
    );
    expect(headers).toEqual(expect.arrayContaining(['host', 'content-length']));
  });

  it.each([
    [['Content-Length', '5'], true],
    [['Content-Length', '0'], false],
    [['Transfer-Encoding', 'chunked'], true],
    [['Host', 'bank'], false],
  ])('tell whether a body follows: %s', (raw, hasBody) => {
    expect(forwardHeaders(raw, '127.0.0.1').hasBody).toBe(hasBody);
  });

  it('carry one Cookie, also when the client split it', () => {
    expect(forwardHeaders(['Cookie', 'a=1', 'cookie', 'b=2'], '127.0.0.1').cookie).toBe('a=1; b=2');
  });
});

describe('the headers of a reply', () => {
  it('come back without those of the connection, the gateway’s cookie before the pod’s', () => {
    const raw = [
      'Connection',
      'close',
      'Transfer-Encoding',
      'chunked',
      'Set-Cookie',
      'a=1',
      'Set-Cookie',
      'b=2',
      'X-A',
      'é',
    ];
    const bytes = raw.map((part) => Buffer.from(part, 'latin1'));
    expect(returnHeaders(bytes, 'affinity=x')).toEqual({
      headers: ['set-cookie', 'affinity=x', 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'X-A', 'é'],
      bodyBytes: undefined,
    });
  });

  it('tell how long the body is', () => {
    expect(returnHeaders([Buffer.from('Content-Length'), Buffer.from('12')], undefined).bodyBytes).toBe(12);
  });
});
