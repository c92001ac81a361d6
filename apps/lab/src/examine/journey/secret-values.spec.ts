import { describe, expect, it } from '@jest/globals';
import { SecretValues } from './secret-values.js';
import type { JourneyUser } from './users.js';

const user = (values: Record<string, string>): JourneyUser => new Map(Object.entries(values));
const others = (...values: string[]): SecretValues => {
  const secrets = new SecretValues();
  for (const value of values) secrets.add(value);
  return secrets;
};

describe('secret values', () => {
  it('are masked wherever they stand, also as an address or as JSON has them', () => {
    expect(others('p&ss "word"').mask('p&ss "word", /?a=p%26ss%20%22word%22, {"a":"p&ss \\"word\\""}')).toBe(
      '•••, /?a=•••, {"a":"•••"}',
    );
  });

  it('are masked whole where one is part of another', () => {
    expect(others('secret', 'secret-2').mask('secret-2 secret')).toBe('••• •••');
  });

  it('are masked only alone where they are short', () => {
    expect(others('123', '', 'a.b').mask('123 GET /1234?pin=123&b=a.b axb a.bc')).toBe(
      '••• GET /1234?pin=•••&b=••• axb a.bc',
    );
  });

  it('are none where they are a digit or two, which stand anywhere', () => {
    expect(new SecretValues([user({ 'user.count': '2' })]).mask('2 GET / says 2 items')).toBe('2 GET / says 2 items');
  });

  it('of users stand as their placeholders, of passwords, too', () => {
    const secrets = new SecretValues([
      user({ 'user.name': 'annika', 'user.password': 'open sesame', 'user.item': 'tea' }),
      user({ 'user.name': 'benedikt', 'user.password': 'other secret', 'user.item': 'coffee' }),
    ]);
    expect(secrets.mask('no longer says "tea of annika" (open%20sesame)')).toBe(
      'no longer says "{{user.item}} of {{user.name}}" ({{user.password}})',
    );
    expect(secrets.mask('coffee, other secret, steam')).toBe('{{user.item}}, {{user.password}}, steam');
  });

  it('leave placeholders as they are, whatever is masked once more', () => {
    const secrets = new SecretValues([user({ 'user.name': 'user', 'user.password': 'password' })]);
    const masked = secrets.mask('user has the password of {{user.item}}');
    expect(masked).toBe('{{user.name}} has the {{user.password}} of {{user.item}}');
    expect(secrets.mask(masked)).toBe(masked);
  });
});
