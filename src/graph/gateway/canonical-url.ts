import { canonicalPath } from '../odata/path/canonical-path.js'
import type { OperationTable } from './operation-table.js'

/**
 * A URL that spells the path of a hand-written resource with parentheses, such as `…/microsoft.graph.sync()`, in the
 * resource's own spelling; any other URL as it is. It costs a look at the path, as nearly no path has parentheses.
 */
export function canonicalUrl(url: string, tables: readonly OperationTable[]): string {
  const query = url.indexOf('?')
  const path = query < 0 ? url : url.slice(0, query)
  if (!path.includes('(') && !path.includes('%28')) return url
  const canonical = canonicalPath(path)
  return tables.some((table) => table.has(canonical)) ? canonical + url.slice(path.length) : url
}
