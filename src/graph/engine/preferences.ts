/** What a client asks for by `Prefer` (RFC 7240, OData 4.01 Protocol 8.2.8). */
export interface Preferences {
  /** `odata.maxpagesize`, also without its prefix. */
  readonly maxPageSize: number | undefined
  readonly return: 'minimal' | 'representation' | undefined
  /** Documented: https://learn.microsoft.com/graph/api/group-upsert. */
  readonly createIfMissing: boolean
}

/** What is not understood is passed over, as RFC 7240 has it. */
export function preferencesOf(prefer: string | undefined): Preferences {
  const given = new Map<string, string>()
  for (const preference of prefer?.split(/[,;]/) ?? []) {
    const [name = '', value = ''] = preference.split('=', 2)
    const key = name.trim().toLowerCase()
    // The first of several stands (RFC 7240, section 2).
    if (!given.has(key)) given.set(key, value.trim().replaceAll('"', ''))
  }
  const size = given.get('odata.maxpagesize') ?? given.get('maxpagesize') ?? ''
  const wanted = given.get('return')
  return {
    maxPageSize: /^[1-9]\d{0,8}$/.test(size) ? Number(size) : undefined,
    return: wanted === 'minimal' || wanted === 'representation' ? wanted : undefined,
    createIfMissing: given.has('create-if-missing')
  }
}
