/** Shell lines by which a reader becomes a customer too, first of the stateless teller, then of the stateful one. */
export function tryIt(baseUrl: string): string[] {
  return [
    `B=${baseUrl}; J='content-type: application/json'`,
    `curl -s $B/auth/customers -H "$J" -d '{"username":"ada","password":"correct horse battery","name":"Ada"}'`,
    `T=$(curl -s $B/auth/login -H "$J" -d '{"username":"ada","password":"correct horse battery"}' \\`,
    `  | node -pe 'JSON.parse(fs.readFileSync(0)).access_token')`,
    `curl -s $B/account/accounts -H "authorization: Bearer $T"               # stateless`,
    `curl -s -c jar -b jar -X POST $B/session -H "authorization: Bearer $T"  # stateful`,
    `curl -s -c jar -b jar $B/session/overview`,
  ];
}
