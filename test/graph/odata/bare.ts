/** A tree without positions, to compare. */
export function bare(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(bare)
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node).flatMap(([name, value]) => (name === 'position' ? [] : [[name, bare(value)]]))
  )
}
