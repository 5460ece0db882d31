/**
 * A header that this mock adds: its value `modelled` says that an answer was made from published types and OData's rules,
 * with no evidence of the service behind it.
 */
export const EVIDENCE_HEADER = 'x-mock-evidence'
