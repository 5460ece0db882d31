// `node bench/model.mjs [CSDL]`: what the model of Microsoft Graph costs, after a build. Medians of fresh models; a document
// of CSDL (plain or gzipped), such as https://graph.microsoft.com/beta/$metadata, shows what --metadata will cost.
import '../scripts/typescript.mjs'
import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'

const ROUNDS = 21
const { ownModel, ownPermissions } = await import('../src/graph/model/model-files.ts')
const { csdlText } = await import('../src/graph/model/csdl/csdl-text.ts')
const { Model } = await import('../src/graph/model/model.ts')

function median(prepare, run) {
  const times = Array.from({ length: ROUNDS }, () => {
    const given = prepare()
    const begun = performance.now()
    run(given)
    return performance.now() - begun
  })
  return times.sort((one, other) => one - other)[ROUNDS >> 1]
}

function row(what, milliseconds, baseline) {
  const ratio = baseline === undefined ? '' : `${(milliseconds / baseline).toFixed(2)} of the read`
  console.log(`${what.padEnd(52)}${milliseconds.toFixed(3).padStart(10)} ms   ${ratio}`)
}

const loaded = () => {
  const model = ownModel('beta')
  model.type('entity')
  return model
}
const names = [...loaded().typeNames()]
const every = names.filter((_, at) => at % 6 === 0).slice(0, 1000)
const read = median(
  () => ownModel('beta'),
  (model) => model.source
)
row('beta: read the text', read)
row(
  'first type, with its bases',
  median(loaded, (model) => model.type('managedDevice')),
  read
)
row(
  'its properties and navigation properties',
  median(
    () => loaded().type('managedDevice'),
    (type) => type.properties
  ),
  read
)
row(
  'its operations',
  median(loaded, (model) => model.operations({ type: model.type('managedDevice'), collection: false })),
  read
)
row(
  `${every.length} types, parsed when first asked for`,
  median(loaded, (model) => every.forEach((name) => model.type(name))),
  read
)
row(
  'all roots',
  median(loaded, (model) => model.roots),
  read
)
row(
  'the index of derived types',
  median(loaded, (model) => model.derived(model.type('entity'))),
  read
)
const known = loaded()
known.type('user')
row(
  'a type that was asked for before, 1000 times',
  median(
    () => known,
    (model) => {
      for (let at = 0; at < 1000; at++) model.type('user')
    }
  ),
  read
)
row(
  'permissions: read, and the first question',
  median(ownPermissions, (one) => one.permissionsFor(['users'], 'GET')),
  read
)

const [file] = process.argv.slice(2)
if (file !== undefined) {
  const bytes = await readFile(file)
  const xml = String(file.endsWith('.gz') ? gunzipSync(bytes) : bytes)
  const whole = median(
    () => xml,
    (text) => csdlText(text, file)
  )
  row(`CSDL of ${(xml.length / 1e6).toFixed(1)} million characters to compact text`, whole)
  row('  for each million', whole / (xml.length / 1e6))
  const text = csdlText(xml, file)
  row(
    '  first type of it, with its bases',
    median(
      () => new Model(() => text),
      (model) => model.type('user')
    )
  )
}
