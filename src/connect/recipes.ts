import { azureIdentity } from './azure-identity.js'
import { curl } from './curl.js'
import { dotnet } from './dotnet.js'
import { go } from './go.js'
import { java } from './java.js'
import { js } from './js.js'
import { kiotaJs } from './kiota-js.js'
import { msalNode } from './msal-node.js'
import { powershell } from './powershell.js'
import { python } from './python.js'
import type { Recipe } from './recipe.js'
import type { SdkName } from './sdk-names.js'

export const recipes: Readonly<Record<SdkName, Recipe>> = {
  js,
  'kiota-js': kiotaJs,
  'msal-node': msalNode,
  'azure-identity': azureIdentity,
  go,
  python,
  java,
  dotnet,
  powershell,
  curl
}
