interface Node {
  readonly dependsOn: readonly Node[]
}

/** @throws what `refusal` makes of the first node that depends on itself, directly or through others */
export function demandAcyclic<Part extends Node>(parts: readonly Part[], refusal: (part: Part) => Error): void {
  const free = new Set<Node>()
  const waiting = new Set<Part>(parts)
  for (let found = true; found;) {
    found = false
    for (const part of waiting) {
      if (!part.dependsOn.every((dependency) => free.has(dependency))) continue
      free.add(part)
      waiting.delete(part)
      found = true
    }
  }
  for (const part of waiting) throw refusal(part)
}
