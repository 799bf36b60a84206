// A provider of identity for journeys: npm oidc-provider with one client and a few people.
// Arguments: port, callback address, people as JSON (name -> claims). Says "ready" when it serves.
import { Provider } from 'oidc-provider';

const [port, callback, people] = process.argv.slice(2);
const accounts = JSON.parse(people);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: 'portal', client_secret: 'a secret/of: 24 characters', redirect_uris: [callback] }],
  claims: {
    openid: ['sub'],
    email: ['email', 'email_verified'],
    profile: ['preferred_username', 'given_name', 'family_name', 'organization'],
  },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts[id] }) }),
  pkce: { required: () => true },
  cookies: { keys: ['of a stand-in'] },
  features: { devInteractions: { enabled: true } },
});
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
