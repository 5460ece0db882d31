/** Placeholder until the list of the model's names is in. */
export function isTypeOfGraph(name: string): boolean {
  return /^microsoft\.graph\.[a-zA-Z]/.test(name)
}
