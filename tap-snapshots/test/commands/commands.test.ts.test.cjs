/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/commands/all.ts > TAP > help and version > help 1`] = `
Usage: msgraph-mock [serve] [options]         start the server
       msgraph-mock token [options]           print an access token of a running server
       msgraph-mock env --sdk NAME            print the lines that connect an SDK to a running server
       msgraph-mock healthcheck [URL]         exit 0 when the server answers, else 1
       msgraph-mock ca [--ca-dir DIR]         print the certificate authority that DIR keeps
       msgraph-mock exec [options] -- COMMAND run a command against a server of its own
       msgraph-mock --help | --version

Options of serve:
  --host ADDRESS                                        Address to listen on. (127.0.0.1)
  --port N                                              Port to listen on; 0 takes a free one. (8365)
  --profile documented|observed                         Whose behaviour: the API page to the letter, or the live service as captured. (documented)
  --fixtures FILE                                       Fixture: tenants and named tokens to start with.
  --watch                                               Take in the file of --fixtures when it is edited, for tenants not used yet.
  --public-url URL                                      Origin that clients use, where it differs from what they send as Host.
  --tls auto|off                                        Speak https as well, on the same port. (auto)
  --tls-cert FILE                                       Certificate (PEM, with its chain) to show instead of own ones.
  --tls-key FILE                                        Private key (PEM) of --tls-cert.
  --tls-name NAME                                       Host name or IP address that gets a certificate, beside local ones; may be repeated.
  --ca-dir DIR                                          Directory that keeps the certificate authority, ca.pem and ca-key.pem; else it lives in memory.
  --trust-foreign-tokens                                Accept tokens signed by others (a real tenant's). Skips the signature only.
  --signing-key FILE                                    RSA private key (PEM) that signs tokens, to keep them valid over restarts.
  --allowed-host NAME                                   Host name by which /_mock may be called, beside local ones (by web pages: beside localhost); may be repeated.
  --control on|off                                      Whether /_mock answers; off leaves /_mock/health alone. (on)
  --control-token TOKEN                                 Bearer token that /_mock wants, but for /_mock/health.
  --journal-size N                                      Requests of each tenant that the journal keeps; 0 turns it off. (1000)
  --log-level trace|debug|info|warn|error|fatal|silent  Least level that is logged, to standard error. (info)
  --seed N                                              Seed of every random choice, to repeat a run.
  --ready-file FILE                                     File to write the ready line to, once the server answers.

Options of exec:
  --intercept          Answer as graph.microsoft.com and login.microsoftonline.com, by being their proxy.
  --fail-on unmatched  Exit with 1 when the command succeeds, but called a Graph path that the mock lacks.

Options of token:
  --url URL                               Server to ask. (MSGRAPH_MOCK_URL, else http://127.0.0.1:8365)
  --control-token TOKEN                   What the server was given as --control-token. (MSGRAPH_MOCK_CONTROL_TOKEN)
  --tenant GUID                           Tenant GUID, or "default". A new GUID is a new, isolated tenant.
  --scope NAME                            Delegated permissions. Default: all that any route asks for. May be repeated.
  --role NAME                             Application permissions. Default: all that any route asks for. May be repeated.
  --kind delegated|application|personal   Whom the token speaks for: delegated (default), application or personal.
  --app-id TEXT                           Client id of the application (claim appid).
  --expires-in N                          Lifetime in seconds; negative for an expired token. Default: 3599.
  --audience TEXT                         Claim aud. Default: https://graph.microsoft.com.
  --issuer TEXT                           Claim iss. Default: https://sts.windows.net/{tenant}/.
  --signature valid|invalid|foreign|none  valid (default), invalid (known key, wrong bytes), foreign (unknown key) or none (unsigned).
  --faults JSON                           Fault rules for the requests of this token (claim mock_faults).
  --claims JSON                           Claims to add or replace; null removes one.

Options of env:
  --sdk js|kiota-js|msal-node|azure-identity|go|python|java|dotnet|powershell|curl  Client to connect.
  --url URL                                                                         Server to ask. (MSGRAPH_MOCK_URL, else http://127.0.0.1:8365)
  --control-token TOKEN                                                             What the server was given as --control-token. (MSGRAPH_MOCK_CONTROL_TOKEN)

Every option of serve is also a variable: --log-level is MSGRAPH_MOCK_LOG_LEVEL. A flag wins.
exec takes all options of serve but --ready-file, and a free port unless --port names one.
MSGRAPH_MOCK_URL is the server that token, env and healthcheck ask, where no URL is given.

`
