import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'

const HEADING = /^#+ (.+)$/gm

/** The anchors that GitHub gives the headings of a Markdown file. */
function anchorsOf(text: string): Set<string> {
  const headings = [...text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(HEADING)].map(([, heading = '']) => heading)
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-')
    )
  )
}

function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file))
}

t.test('the folders of CONTRIBUTING.md import what .dependency-cruiser.mjs allows them', async (t) => {
  const { MAY_IMPORT } = (await import(new URL('../.dependency-cruiser.mjs', import.meta.url).href)) as {
    MAY_IMPORT: Record<string, string[]>
  }
  const rows = readFileSync('CONTRIBUTING.md', 'utf8').matchAll(/^\| `([a-z/-]+)` +\| [^|]+ \| ?([^|]*) ?\|$/gm)
  const told = [...rows].map(([, folder, others = '']) => [
    folder,
    [...others.matchAll(/`([^`]+)`/g)].map(([, name]) => name)
  ])
  t.strictSame(Object.fromEntries(told), MAY_IMPORT)
})

t.test('what code and documents say of docs/evidence.md stands there', (t) => {
  const anchors = anchorsOf(readFileSync('docs/evidence.md', 'utf8'))
  const files = [...filesBelow('src', '.ts'), ...filesBelow('src', '.md'), ...filesBelow('test', '.ts'), 'README.md']
  const cited = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/evidence\.md#([a-z0-9-]+)/g)].map(
      ([, anchor = '']) => [file, anchor] as const
    )
  )
  t.ok(cited.length > 0)
  for (const [file, anchor] of cited) t.ok(anchors.has(anchor), `${file}: #${anchor}`)
  t.end()
})

t.test('links of the documents lead somewhere', (t) => {
  const documents = [
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'docs/evidence.md',
    'test/corpus/README.md',
    ...filesBelow('src', '.md')
  ]
  for (const document of documents) {
    for (const [, target = ''] of readFileSync(document, 'utf8').matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [path = '', anchor] = target.split('#')
      const file = path === '' ? document : join(dirname(document), path)
      const leads = existsSync(file) && (anchor === undefined || anchorsOf(readFileSync(file, 'utf8')).has(anchor))
      t.ok(leads, `${document}: ${target}`)
    }
  }
  t.end()
})
