/**
 * What OWASP's REST security cheat sheet asks of every reply of an API. Of its list, each reply has a Content-Type of its
 * own, and Strict-Transport-Security is for who is behind TLS; its list for pages of HTML is the policy's `default-src`.
 */
export const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;
