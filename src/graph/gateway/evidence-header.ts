/** Says that an answer is modelled: made from published types and OData's rules, with no evidence of the service behind it. */
export const EVIDENCE_HEADER = 'x-mock-evidence'
