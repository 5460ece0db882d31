import { hostOf } from '../lib/hosts.js'
import { fluent, hostNameOf, literal, pascalCase, SCOPE, trust, type Recipe } from './recipe.js'

const fetchAuthority = trust()

/** `azure-identity` and `microsoft-graph-beta`; Java reads a trust store. */
export const java: Recipe = {
  language: 'Java',
  isTested: false,
  shell: (facts) => [
    ...fetchAuthority(facts),
    'keytool -importcert -noprompt -alias msgraph-mock -file msgraph-mock-ca.pem -keystore msgraph-mock.p12 -storetype PKCS12 -storepass changeit',
    'export JAVA_TOOL_OPTIONS="-Djavax.net.ssl.trustStore=$PWD/msgraph-mock.p12 -Djavax.net.ssl.trustStorePassword=changeit"'
  ],
  code: (facts) => `import com.azure.identity.ClientSecretCredentialBuilder;
import com.microsoft.graph.beta.serviceclient.GraphServiceClient;
import com.microsoft.kiota.authentication.AzureIdentityAuthenticationProvider;

public class Main {
  public static void main(String[] args) {
    var credential = new ClientSecretCredentialBuilder()
        .authorityHost(${literal(facts.httpsUrl)})
        .disableInstanceDiscovery()
        .tenantId(${literal(facts.tenantId)})
        .clientId(${literal(facts.clientId)})
        .clientSecret(${literal(facts.clientSecret)})
        .build();
    var allowedHosts = new String[] {${literal(hostNameOf(facts.httpsUrl))}, ${literal(hostOf(facts.httpsUrl))}};
    var provider = new AzureIdentityAuthenticationProvider(credential, allowedHosts, ${literal(SCOPE)});
    var client = new GraphServiceClient(provider);
    client.getRequestAdapter().setBaseUrl(${literal(`${facts.httpsUrl}/beta`)});
    System.out.println(client${fluent(facts.example.path, (name) => name, '()')}.get().get${pascalCase(facts.example.property)}());
  }
}
`
}
