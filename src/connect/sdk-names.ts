/** What `msgraph-mock env --sdk` and `/_mock/connect/{sdk}` know a recipe for. */
export const sdkNames = [
  'js',
  'kiota-js',
  'msal-node',
  'azure-identity',
  'go',
  'python',
  'java',
  'dotnet',
  'powershell',
  'curl'
] as const
export type SdkName = (typeof sdkNames)[number]
