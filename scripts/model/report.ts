// `npm run model`: what the models hold. `npm run model -- FILE [beta|v1.0]`: how far one of them agrees with a CSDL document
// (plain or gzipped), such as https://graph.microsoft.com/v1.0/$metadata; with -v, where it does not.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { csdlText } from '../../src/graph/model/csdl/csdl-text.js'
import { Model } from '../../src/graph/model/model.js'
import { ownModel } from '../../src/graph/model/model-files.js'
import { Agreement } from './agreement.js'

const words = process.argv.slice(2)
const [file, named] = words.filter((word) => !word.startsWith('-'))
const versions = ['beta', 'v1.0'] as const

if (file === undefined) for (const version of versions) tell(version)
else compare(file, versions.find((version) => version === named) ?? (/beta/i.test(file) ? 'beta' : 'v1.0'))

function tell(version: 'beta' | 'v1.0'): void {
  const model = ownModel(version)
  const types = [...model.typeNames()].flatMap((name) => model.type(name) ?? [])
  const operations = types.flatMap((type) =>
    [false, true].map((collection) => model.operations({ type, collection }).length)
  )
  console.log(`${version}: ${model.source}`)
  row('roots', model.roots.size)
  row('types', types.length)
  row('properties, with inherited ones', sum(types.map((type) => type.properties.size)))
  row('navigation properties, likewise', sum(types.map((type) => type.navigation.size)))
  row('enumerations', [...model.enumerationNames()].length)
  row('operations, likewise', sum(operations))
}

function compare(path: string, version: 'beta' | 'v1.0'): void {
  const bytes = readFileSync(path)
  const xml = String(path.endsWith('.gz') ? gunzipSync(bytes) : bytes)
  const { figures } = new Agreement(ownModel(version), new Model(() => csdlText(xml, path)))
  console.log(`The model of ${version}, compared with ${path}:`)
  for (const { what, agree, of, differing } of figures) {
    row(what, `${agree} of ${of}`, `${((agree / of) * 100).toFixed(1)} %`)
    if (words.includes('-v')) for (const one of differing) console.log(`      ${one.slice(0, 160)}`)
  }
}

function row(what: string, ...figures: (string | number)[]): void {
  console.log(`  ${what.padEnd(36)}${figures.map((figure) => String(figure).padStart(16)).join('')}`)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
