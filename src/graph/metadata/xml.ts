/** An XML element; children that are `undefined` are left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly (string | undefined)[] = []
): string {
  const head = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${escape(value)}"`)
  const content = children.filter((child) => child !== undefined)
  if (content.length === 0) return `<${name}${head.join('')} />`
  const indented = content.map((child) => `  ${child.replaceAll('\n', '\n  ')}`)
  return `<${name}${head.join('')}>\n${indented.join('\n')}\n</${name}>`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escape(value: string): string {
  return value.replace(/[&<>"]/g, (character) => ENTITIES[character] as string)
}
