/** Commands for a second terminal, so that a reader can be a customer too. */
export function tryIt(baseUrl: string): string[] {
  return [
    '',
    `The bank is open at ${baseUrl}. Be a customer yourself, in another terminal:`,
    `  B=${baseUrl}; J='content-type: application/json'`,
    `  curl -s $B/auth/customers -H "$J" -d '{"username":"ada","password":"correct horse battery","name":"Ada"}'`,
    `  T=$(curl -s $B/auth/login -H "$J" -d '{"username":"ada","password":"correct horse battery"}' \\`,
    `    | node -pe 'JSON.parse(fs.readFileSync(0)).access_token')`,
    `  curl -s $B/account/accounts -H "authorization: Bearer $T"               # stateless`,
    `  curl -s -c jar -b jar -X POST $B/session -H "authorization: Bearer $T"  # stateful`,
    `  curl -s -c jar -b jar $B/session/overview`,
    'The README goes on from here. Ctrl-C stops everything.',
    '',
  ];
}
