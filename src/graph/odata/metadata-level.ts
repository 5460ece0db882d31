/** Values of the media type parameter `odata.metadata`, OData JSON Format 4.01, section 3. */
export type MetadataLevel = 'none' | 'minimal' | 'full'

const PARAMETER = /;\s*odata\.metadata\s*=\s*"?(none|minimal|full)"?\s*(?:[;,]|$)/i

/** The level that an `Accept` header asks for; `undefined` when it asks for none, so that the profile decides. */
export function requestedMetadataLevel(accept: string | undefined): MetadataLevel | undefined {
  if (accept === undefined || accept.length < 20) return undefined
  return PARAMETER.exec(accept)?.[1]?.toLowerCase() as MetadataLevel | undefined
}

/** `Content-Type` of a 200 (documented: Microsoft Graph, concepts/auth-v2-service.md). */
export function contentType(level: MetadataLevel): string {
  return CONTENT_TYPES[level]
}

const CONTENT_TYPES = { none: odataJson('none'), minimal: odataJson('minimal'), full: odataJson('full') }

function odataJson(level: MetadataLevel): string {
  return `application/json;odata.metadata=${level};odata.streaming=true;IEEE754Compatible=false;charset=utf-8`
}
