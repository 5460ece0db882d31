import type { Behaviour } from '../../support/behaviour.js'

export const batchSupport: readonly Behaviour[] = [
  {
    behaviour: 'Up to 20 requests with own headers, `Authorization` inherited; 424 for dependents of a failure',
    evidence: 'documented',
    source: 'concepts/json-batching.md'
  },
  {
    behaviour: '400 for an id given twice, an empty batch, a write without Content-Type or body, more than 20 requests',
    evidence: 'observed',
    source: 'msgraph-sdk-java#559, msgraph-sdk-javascript#1451, msgraph-sdk-dotnet#2628, ms-365-mcp-server#677'
  },
  {
    behaviour: 'Bodies that are not JSON: text as a string, other bytes as base64url',
    evidence: 'documented',
    source: 'OData JSON Format 4.01, section 19.1'
  },
  {
    behaviour: '`dependsOn` may name a request that comes later',
    evidence: 'assumed',
    source: 'the service wants it earlier: msgraph-sdk-dotnet-core#891'
  },
  {
    behaviour: 'Body of a 424; 400 for a cycle, an unknown id and a nested batch',
    evidence: 'assumed',
    source: 'no capture'
  }
]
