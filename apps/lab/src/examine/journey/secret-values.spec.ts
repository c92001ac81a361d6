import { describe, expect, it } from '@jest/globals';
import { SecretValues } from './secret-values.js';

describe('secret values', () => {
  it('are masked wherever they stand, also as an address or as JSON has them', () => {
    const secrets = new SecretValues(['p&ss "word"']);
    expect(secrets.mask('p&ss "word", /?a=p%26ss%20%22word%22, {"a":"p&ss \\"word\\""}')).toBe(
      '•••, /?a=•••, {"a":"•••"}',
    );
  });

  it('are masked whole where one is part of another', () => {
    expect(new SecretValues(['secret', 'secret-2']).mask('secret-2 secret')).toBe('••• •••');
  });

  it('are masked only alone where they are short', () => {
    const secrets = new SecretValues(['1', '']);
    secrets.add('a.b');
    expect(secrets.mask('1 GET /11?pin=1&b=a.b axb a.bc')).toBe('••• GET /11?pin=•••&b=••• axb a.bc');
  });
});
