import { hostOf } from '../lib/hosts.js'
import { fluent, hostNameOf, literal, pascalCase, SCOPE, trust, type Recipe } from './recipe.js'

/** `azidentity` and `msgraph-beta-sdk-go`; on Linux Go reads SSL_CERT_FILE, elsewhere the system's store. */
export const go: Recipe = {
  language: 'Go',
  isTested: false,
  shell: trust('SSL_CERT_FILE'),
  code: (facts) => `package main

import (
	"context"
	"fmt"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	kiota "github.com/microsoft/kiota-authentication-azure-go"
	graph "github.com/microsoftgraph/msgraph-beta-sdk-go"
)

func main() {
	credential, err := azidentity.NewClientSecretCredential(${literal(facts.tenantId)}, ${literal(facts.clientId)}, ${literal(facts.clientSecret)}, &azidentity.ClientSecretCredentialOptions{
		ClientOptions:            azcore.ClientOptions{Cloud: cloud.Configuration{ActiveDirectoryAuthorityHost: ${literal(`${facts.httpsUrl}/`)}}},
		DisableInstanceDiscovery: true,
	})
	if err != nil {
		panic(err)
	}
	provider, err := kiota.NewAzureIdentityAuthenticationProviderWithScopesAndValidHosts(credential, []string{${literal(SCOPE)}}, []string{${literal(hostNameOf(facts.httpsUrl))}, ${literal(hostOf(facts.httpsUrl))}})
	if err != nil {
		panic(err)
	}
	adapter, err := graph.NewGraphRequestAdapter(provider)
	if err != nil {
		panic(err)
	}
	adapter.SetBaseUrl(${literal(`${facts.httpsUrl}/beta`)})
	settings, err := graph.NewGraphServiceClient(adapter)${fluent(facts.example.path, pascalCase, '()')}.Get(context.Background(), nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(settings.Get${pascalCase(facts.example.property)}())
}
`
}
