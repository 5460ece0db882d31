// Two runs of headers stand in nearly every answer. Each is one line in the corpus, but only where it is there to the
// letter and in this order; an answer that has them otherwise shows them all.

const GRAPH =
  /^vary: Accept-Encoding\nstrict-transport-security: max-age=0\nrequest-id: (.*)\nclient-request-id: (.*)\nx-ms-ags-diagnostic: {"ServerInfo":{"DataCenter":"Localhost","Slice":"E","Ring":"0","ScaleUnit":"000","RoleInstance":"MSGRAPHMOCK"}}$/m
const NODE = /^Date: <now>\nConnection: keep-alive\nKeep-Alive: timeout=72$/m

/** @param lines of a head, masked */
export function abridge(lines: readonly string[]): string[] {
  return lines
    .join('\n')
    .replace(GRAPH, '<headers of Graph, request-id: $1, client-request-id: $2>')
    .replace(NODE, '<headers of Node>')
    .split('\n')
}
