interface Node {
  readonly dependsOn: readonly Node[]
}

/** @throws the error that `refusal` makes for the first part that depends on itself, directly or through others */
export function demandAcyclic<Part extends Node>(parts: readonly Part[], refusal: (part: Part) => Error): void {
  const acyclic = new Set<Node>()
  const waiting = new Set<Part>(parts)
  for (let found = true; found;) {
    found = false
    for (const part of waiting) {
      if (!part.dependsOn.every((dependency) => acyclic.has(dependency))) continue
      acyclic.add(part)
      waiting.delete(part)
      found = true
    }
  }
  for (const part of waiting) throw refusal(part)
}
