import { describe, expect, it } from '@jest/globals';
import { asksToSignIn } from './sign-in.js';

describe('asksToSignIn', () => {
  it.each([
    '/login?next=/cart',
    'http://127.0.0.1:3002/accounts/login/',
    '/users/sign_in',
    '/wp-login.php',
    '/Identity/Account/Login',
    '/loginPage',
    '/userLogin',
    '/#/login',
    '/sessions/new',
    '/oauth2/authorization/shop',
    'https://login.example.org/?state=x',
    '/realms/shop/protocol/openid-connect/auth',
  ])('takes %s for a login', (location) => {
    expect(asksToSignIn({ location, asksPassword: false })).toBe(true);
  });

  it.each(['/', '/cart?from=/login', '/authors/7', '/plugins', '/design/7', '/blog/in', undefined])(
    'takes %s for none',
    (location) => {
      expect(asksToSignIn({ location, asksPassword: false })).toBe(false);
    },
  );
});
